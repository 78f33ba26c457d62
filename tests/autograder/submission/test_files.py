"""What is refused before it is read, and what a zip made to do harm comes to."""

import os
import stat
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.submission import MAX_BYTES, Submission, Unreadable, files, find

TASK = "01_convolution"
HOME = f"eve/{TASK}"


def the_line(submission: Submission) -> str:
    """The one line that reading it comes to."""
    with pytest.raises(Unreadable) as refused:
        submission.read_bytes()
    line = str(refused.value)
    assert len(line.splitlines()) == 1
    return line


def by_student(source: Path) -> dict[str, Submission]:
    return {submission.student: submission for submission in find(source, TASK)}


def test_a_notebook_too_large_is_refused_unread(lay: Callable[..., Path]) -> None:
    folder = lay(f"{HOME}/a.ipynb", f"ann/{TASK}/a.ipynb")
    with (folder / HOME / "a.ipynb").open("ab") as file:
        file.truncate(100_000_000)  # sparse
    found = by_student(folder)
    line = the_line(found["eve"])
    assert line.startswith(f"{HOME}/a.ipynb is too large (100.0 MB")
    assert "clear all outputs" in line
    assert found["ann"].read_bytes() == b"{}"


def test_a_file_that_grows_while_it_is_read_is_refused(lay: Callable[..., Path]) -> None:
    (submission,) = find(lay("ann.ipynb", data=b"x" * 1000), TASK)
    assert len(submission.read_bytes(1000)) == 1000
    with pytest.raises(Unreadable, match="too large"):
        submission.read_bytes(999)


def link_file(path: Path) -> None:
    path.symlink_to("/etc/passwd")


def link_folder(path: Path) -> None:
    path.parent.rmdir()
    path.parent.symlink_to("/etc")


def link_home(path: Path) -> None:
    path.parent.rmdir()
    path.parent.parent.rmdir()
    path.parent.parent.symlink_to("/etc")


IN_ITS_PLACE = {
    "a link": (link_file, "is a symbolic link"),
    "a link for the folder": (link_folder, "is a symbolic link"),
    "a link for the student": (link_home, "eve is a symbolic link"),
    "a pipe": (os.mkfifo, "is a device or pipe"),
    "a folder": (Path.mkdir, "has no notebook (it is empty)"),
}


@pytest.mark.parametrize(("make", "words"), IN_ITS_PLACE.values(), ids=IN_ITS_PLACE)
def test_what_is_no_file_is_listed_and_never_opened(
    lay: Callable[..., Path], make: Callable[[Path], None], words: str
) -> None:
    folder = lay(f"ann/{TASK}/a.ipynb", f"{HOME}/")
    make(folder / HOME / "a.ipynb")
    found = by_student(folder)
    assert words in the_line(found["eve"])
    assert found["ann"].read_bytes() == b"{}"


@pytest.mark.parametrize("swap", [link_file, os.mkfifo])
def test_what_is_swapped_after_it_was_found_is_refused(
    lay: Callable[..., Path], swap: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    (submission,) = find(lay("ann.ipynb"), TASK)
    path = lay() / "ann.ipynb"
    regular = os.lstat(path)
    path.unlink()
    swap(path)
    the_line(submission)
    monkeypatch.setattr(files.os, "lstat", lambda _: regular)  # swapped after the first look, even
    the_line(submission)


def test_a_device_is_refused() -> None:
    source = files.DiskFile(Path("/dev/zero"))
    with pytest.raises(Unreadable, match="device or pipe"):
        source.read("a.ipynb", MAX_BYTES)


def test_a_link_is_left_out_where_there_is_a_notebook(lay: Callable[..., Path]) -> None:
    folder = lay(f"{HOME}/a.ipynb")
    (folder / HOME / f"{TASK}.ipynb").symlink_to("a.ipynb")
    (submission,) = find(folder, TASK)
    assert submission.path == f"{HOME}/a.ipynb"
    assert "was left out: it is a symbolic link" in submission.notes[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open everything")
def test_a_folder_that_may_not_be_opened_is_listed(lay: Callable[..., Path]) -> None:
    folder = lay(f"ann/{TASK}/a.ipynb", f"{HOME}/a.ipynb")
    (folder / "eve").chmod(0)
    assert "cannot be opened" in the_line(by_student(folder)["eve"])
    (folder / "eve").chmod(0o700)


def write_zip(path: Path, *members: tuple[str | zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return path


ANN = (f"ann/{TASK}/a.ipynb", b"{}")
SLIPS = {
    "out of the zip": ("../../a.ipynb", "leaves its folder"),
    "absolute": ("/etc/a.ipynb", "leaves its folder"),
    "with backslashes": ("..\\..\\a.ipynb", "leaves its folder"),
    "a drive": ("C:\\a.ipynb", "leaves its folder"),
    "into another's folder": (f"eve/{TASK}/../../ann/{TASK}/b.ipynb", "leaves its folder"),
}


@pytest.mark.parametrize(("name", "words"), SLIPS.values(), ids=SLIPS)
def test_a_name_that_leaves_its_folder_is_listed_and_ann_keeps_hers(
    tmp_path: Path, name: str, words: str
) -> None:
    found = by_student(write_zip(tmp_path / "class.zip", ANN, (name, b"{}")))
    ann = found.pop("ann")
    assert (ann.path, ann.notes, ann.read_bytes()) == (ANN[0], (), b"{}")
    ((student, other),) = found.items()
    assert words in the_line(other)
    assert (tmp_path / student).parent == tmp_path
    assert list(tmp_path.iterdir()) == [tmp_path / "class.zip"]


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    link = zipfile.ZipInfo(f"{HOME}/a.ipynb")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    source = write_zip(tmp_path / "class.zip", ANN, (link, b"/etc/passwd"))
    assert "is a symbolic link" in the_line(by_student(source)["eve"])


def test_a_bomb_is_refused_as_declared_and_as_it_comes_out(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "class.zip", ANN, (f"{HOME}/a.ipynb", bytes(MAX_BYTES + 1)))
    assert "is too large" in the_line(by_student(source)["eve"])
    data = source.read_bytes()
    size = (MAX_BYTES + 1).to_bytes(4, "little")
    assert data.count(size) == 2
    source.write_bytes(data.replace(size, (1000).to_bytes(4, "little")))
    assert "is damaged in the zip" in the_line(by_student(source)["eve"])
    assert by_student(source)["ann"].read_bytes() == b"{}"


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_compression_whose_output_cannot_be_counted_is_refused(tmp_path: Path, method: int) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w", method) as archive:
        archive.writestr("eve.ipynb", "{}")
    (submission,) = find(tmp_path / "class.zip", TASK)
    assert "ordinary compression" in the_line(submission)


def test_a_damaged_zip_is_told_of_in_one_short_line(tmp_path: Path) -> None:
    names = "a" * 9_000 + ".ipynb", "b\x1b[31m" * 9_000 + ".ipynb"
    source = write_zip(tmp_path / "class.zip", *((name, b"{}") for name in names))
    data = bytearray(source.read_bytes())
    for name in names:
        data[data.index(name.encode())] = ord("c")  # where it lies, and not in the list of names
    source.write_bytes(data)
    for submission in find(source, TASK):
        line = the_line(submission)
        assert "is damaged in the zip (File name in directory" in line
        assert len(line) < 400
        assert line.isprintable()


def test_a_name_that_is_no_text_where_its_file_lies_is_damage(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "class.zip", ("žofie.ipynb", b"{}"))
    data = bytearray(source.read_bytes())
    data[data.index("ž".encode())] = 0x89  # where it lies, and not in the list of names
    source.write_bytes(data)
    (submission,) = find(source, TASK)
    assert "is damaged in the zip" in the_line(submission)


def test_encrypted_and_damaged_members_are_named(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "class.zip", ("eve.ipynb", b"{}" * 50), ("ann.ipynb", b"[]"))
    data = bytearray(source.read_bytes())
    data[data.index(b"eve.ipynb") + 9] ^= 0xFF
    source.write_bytes(data)
    found = by_student(source)
    assert "is damaged in the zip" in the_line(found["eve"])
    assert found["ann"].read_bytes() == b"[]"
    data[data.index(b"PK\x01\x02") + 8] |= 1
    source.write_bytes(data)
    assert "is encrypted: make the zip again without a password" in the_line(find(source, TASK)[1])


def test_a_zip_that_is_gone_or_replaced_since_is_named(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "class.zip", ("ann.ipynb", b"{}"), ("bob.ipynb", b"{}"))
    bob = find(source, TASK)[1]
    write_zip(source, ("ann.ipynb", b"{}"))
    assert "download the zip again" in the_line(bob)
    source.unlink()
    assert "download the zip again" in the_line(bob)


def test_names_are_read_in_the_encoding_of_other_systems(tmp_path: Path) -> None:
    source = write_zip(tmp_path / "class.zip", ("Jürgen.ipynb", b"{}"), ("a\\b.ipynb", b""))
    data = source.read_bytes()
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # UTF-8, but not said so
        at = data.index(mark) + flags
        data = data[:at] + bytes(2) + data[at + 2 :]
    source.write_bytes(data)
    assert [one.student for one in find(source, TASK)] == ["Jürgen"]
