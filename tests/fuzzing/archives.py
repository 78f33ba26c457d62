"""Zips and folders of submissions as learning platforms make them, with bytes changed."""

import io
import zipfile
from pathlib import Path

from hypothesis import strategies as st

from autograder.submission import SubmissionError, Unreadable, find
from tests.fuzzing.mutations import byte_changes, texts
from tests.fuzzing.reading import assert_one_line, in_a_thread

LAYOUTS = (
    ("ada/01/01.ipynb", "bob/01/01.ipynb", "bob/01/notes.txt"),
    ("ada.ipynb", "bob.ipynb", "__MACOSX/._ada.ipynb"),
    ("Ada L_12_assignsubmission_file_/a.ipynb", "Bob_13_assignsubmission_file_/b.ipynb"),
    ("lovelaceada_LATE_123_456_a-1.ipynb", "bob_124_457_b.ipynb"),
    ("class/ada/01/01.ipynb", "class/../../bob/01/01.ipynb", "/etc/01/01.ipynb"),
)
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'


def packed(names: tuple[str, ...], data: bytes = NOTEBOOK) -> bytes:
    """A zip of these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), data)
    return buffer.getvalue()


@st.composite
def archives(draw: st.DrawFn) -> bytes:
    """A zip with a strange name in it, or bytes that are nearly a zip."""
    names = list(draw(st.sampled_from(LAYOUTS)))
    if draw(st.booleans()):
        place = draw(st.integers(0, len(names) - 1))
        name = names[place]
        cut = draw(st.integers(0, len(name)))
        word = draw(texts)[:300].encode(errors="replace").decode()
        names[place] = f"{name[:cut]}{word}{name[cut:]}".replace("\0", "") or "x"
    data = packed(tuple(names))
    for _ in range(draw(st.integers(0, 3))):
        data = draw(byte_changes(data, packed(LAYOUTS[0])))
    return data


def unpack(data: bytes, folder: Path) -> None:
    """Find what was handed in, and read it."""
    path = folder / "class.zip"
    path.write_bytes(data)
    in_a_thread(lambda: _unpack(path))
    path.unlink()


def _unpack(path: Path) -> None:
    try:
        found = find(path, "01")
    except SubmissionError as error:
        assert_one_line(str(error).replace(str(path), "class.zip"))
        return
    ids = [submission.student for submission in found]
    assert len({one.casefold() for one in ids}) == len(ids)
    for submission in found:
        assert submission.student == Path(submission.student).name
        assert 0 < len(submission.student.encode()) <= 128
        for line in (submission.path, *submission.notes):
            assert_one_line(line)
        try:
            submission.read_bytes()
        except Unreadable as unreadable:
            assert_one_line(str(unreadable))
