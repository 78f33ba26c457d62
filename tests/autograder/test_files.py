"""A file is there whole or not at all; one grader writes a folder at a time."""

import os
import re
import stat
import subprocess
import sys

import pytest

from autograder import files
from autograder.files import OutputError, locked, write_json, write_whole


def test_a_file_is_written_with_the_folders_it_needs(tmp_path):
    write_whole(tmp_path / "a" / "b.txt", b"text")
    assert (tmp_path / "a" / "b.txt").read_bytes() == b"text"
    assert [path.name for path in (tmp_path / "a").iterdir()] == ["b.txt"]


def test_a_report_is_its_owners_alone(tmp_path):
    write_json(tmp_path / "results.json", [])
    assert stat.S_IMODE((tmp_path / "results.json").stat().st_mode) == 0o600


def test_a_write_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = tmp_path / "page.html"
    path.write_bytes(b"old")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


SECOND = """
import sys
from pathlib import Path
from autograder.files import OutputError, locked
try:
    with locked(Path(sys.argv[1]), "grading 02"):
        print("went in")
except OutputError as error:
    print(error)
"""


def second(folder):
    command = [sys.executable, "-c", SECOND, str(folder)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_a_second_grader_is_told_who_holds_the_lock(tmp_path):
    out = tmp_path / "out"
    with locked(out, "grading 01"):
        told = second(out)
        assert re.fullmatch(
            f"{out} is being written by process {os.getpid()}, grading 01 since "
            r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d; wait until it is done, or name another --out\n",
            told,
        )
    assert second(out) == "went in\n"


def test_a_folder_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with (
        pytest.raises(OutputError, match=r"cannot be written: .*; name another --out"),
        locked(tmp_path / "file", "grading"),
    ):
        pass
