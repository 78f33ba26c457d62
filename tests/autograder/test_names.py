"""Whatever a student is called, all that is written of them lies below the output folder."""

import tempfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nbformat.v4 import new_notebook

from autograder.feedback import write_student
from autograder.files import below
from autograder.nbgrader import write_autograded
from autograder.receipts import write_receipt
from autograder.results import Result
from autograder.submission import SubmissionError, find
from autograder.submission.students import student_ids

ASSIGNMENT = "01_sums"
PIECES = [
    *("/", "\\", "..", ".", "\0", "\n", "\u202e", "\u200f", " ", ":", "*", "'", '"', "<b>", "&"),
    *("con", "NUL", "com1", "lpt¹", "Ann", "ann", "é", "e\u0301", "ß", "ss", "С", "C", "C:"),
    *("~", "$HOME", "%2e%2e", "{}", "[a]", "-", "=1+1", "x" * 255, "ü" * 130, "\ud800", "/etc/"),
    *(".ipynb", "_1_assignsubmission_file_", "_1_2_", f"/{ASSIGNMENT}/"),
]
NAMES = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=6).map("".join)

WRITERS = {
    "autograded": lambda out, result: write_autograded(out, new_notebook(), result, None, {}),
    "pages": write_student,
    "receipts": write_receipt,
}


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=3, unique=True))
def test_every_id_is_a_place_of_its_own(names):
    ids = student_ids(names).values()
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        for student in ids:
            for kind, write in WRITERS.items():
                path = write(out, Result(student, ASSIGNMENT, ()))
                assert path.resolve().is_relative_to((out / kind).resolve())
        files = [path for path in Path(folder).rglob("*") if path.is_file()]
        assert len(files) == len(names) * len(WRITERS)
        assert all(path.is_relative_to(out) for path in files)


@settings(max_examples=60, deadline=None)
@given(st.lists(NAMES, min_size=1, max_size=4, unique=True))
def test_so_is_every_id_that_comes_from_a_zip(names):
    with tempfile.TemporaryDirectory() as folder:
        archive, out = Path(folder) / "all.zip", Path(folder) / "out"
        archive.write_bytes(zipped(names))
        try:
            found = find(archive, ASSIGNMENT)
        except SubmissionError:
            return
        paths = {write_receipt(out, Result(one.student, ASSIGNMENT, ())) for one in found}
        assert len(paths) == len(found)
        assert {path.parent for path in paths} == {out / "receipts" / ASSIGNMENT}


def zipped(names):
    file = BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        for name in names:
            member = zipfile.ZipInfo()
            member.filename = name.encode("utf-8", "replace").decode() or "x"
            archive.writestr(member, "{}")
    return file.getvalue()


NO_NAMES = [
    "",
    ".",
    "..",
    " ",
    "a/b",
    "a\\b",
    ".a",
    "a.",
    "a ",
    " a",
    "C:x",
    "a\0b",
    "a\nb",
    "\ud800",
]


@pytest.mark.parametrize("name", [*NO_NAMES, "../a", "/etc", "a\nb", "\u202ea", "a\u2028b"])
@pytest.mark.parametrize("names", [("{}",), ("a", "{}"), ("{}", "a")])
def test_a_name_that_is_no_files_is_refused(tmp_path, name, names):
    with pytest.raises(ValueError, match="is no name of a file; rename the student"):
        below(tmp_path, *(one.replace("{}", name) for one in names))


def test_a_link_that_leads_elsewhere_is_refused(tmp_path):
    (tmp_path / "receipts").mkdir()
    (tmp_path / "receipts" / ASSIGNMENT).symlink_to(tmp_path)
    with pytest.raises(ValueError, match=r"leads out of .*; remove the link"):
        write_receipt(tmp_path, Result("ada", ASSIGNMENT, ()))


def test_an_output_folder_may_be_a_link_itself(tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "elsewhere")
    write_receipt(tmp_path / "out", Result("ada", ASSIGNMENT, ()))
    assert (tmp_path / "elsewhere/receipts" / ASSIGNMENT / "ada.json").is_file()
