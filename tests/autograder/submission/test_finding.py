"""Who handed in what, in every layout."""

import pickle
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.submission import Submission, SubmissionError, find

TASK = "01_convolution"
MOODLE = "Ann Lee_17_assignsubmission_file_"

# what lies there (oldest first) → student: (path, words of the notes) or (None, words of problem)
LAYOUTS = {
    "nbgrader": (
        [f"alice/{TASK}/{TASK}.ipynb", f"bob/{TASK}/mine.ipynb", f"bob/{TASK}/data.csv"],
        {"alice": (f"alice/{TASK}/{TASK}.ipynb", ""), "bob": (f"bob/{TASK}/mine.ipynb", "")},
    ),
    "nbgrader: the assignment's name before a newer file": (
        [f"alice/{TASK}/{TASK}.ipynb", f"alice/{TASK}/scratch.ipynb"],
        {"alice": (f"alice/{TASK}/{TASK}.ipynb", "counts, of 2")},
    ),
    "nbgrader: else the newest": (
        [f"alice/{TASK}/b.ipynb", f"alice/{TASK}/a.ipynb"],
        {"alice": (f"alice/{TASK}/a.ipynb", "the newest of 2")},
    ),
    "nbgrader: hidden files": (
        [f"alice/{TASK}/a.ipynb", f"alice/{TASK}/.ipynb_checkpoints/b.ipynb", ".git/x/a.ipynb"],
        {"alice": (f"alice/{TASK}/a.ipynb", "")},
    ),
    "nbgrader: nothing in the folder, and another assignment": (
        [f"alice/{TASK}/a.ipynb", f"bob/{TASK}/a.pdf", f"eve/{TASK}/", "zoe/00_start/z.ipynb"],
        {
            "alice": (f"alice/{TASK}/a.ipynb", ""),
            "bob": (None, "bob has no notebook (it has a.pdf)"),
            "eve": (None, "it is empty"),
        },
    ),
    "nbgrader: a notebook beside the folder": (
        [f"alice/{TASK}/a.ipynb", "zoe/a.ipynb"],
        {
            "alice": (f"alice/{TASK}/a.ipynb", ""),
            "zoe": (None, "no folder 01_convolution (it has a.ipynb): hand in the notebook in one"),
        },
    ),
    "nbgrader: another's folder inside one's own": (
        [f"eve/{TASK}/a.ipynb", f"eve/bob/{TASK}/a.ipynb", f"eve/{TASK}/bob/{TASK}/a.ipynb"],
        {"eve": (f"eve/{TASK}/a.ipynb", "")},
    ),
    "flat": (
        ["alice.ipynb", "bob.smith@uni.edu.ipynb", "README.md", "pictures/a.png", "._alice.ipynb"],
        {"alice": ("alice.ipynb", ""), "bob.smith@uni.edu": ("bob.smith@uni.edu.ipynb", "")},
    ),
    "Moodle, a folder each": (
        [f"{MOODLE}/a.ipynb", "Ann Lee_18_assignsubmission_file/deep/b.ipynb"],
        {
            "Ann Lee_17": (f"{MOODLE}/a.ipynb", ""),
            "Ann Lee_18": ("Ann Lee_18_assignsubmission_file/deep/b.ipynb", ""),
        },
    ),
    "Moodle, all in one folder": (
        [f"{MOODLE}z.ipynb", f"{MOODLE}a.ipynb", "Bo_2_assignsubmission_onlinetext_text.html"],
        {
            "Ann Lee_17": (f"{MOODLE}a.ipynb", "a.ipynb counts, the newest of 2"),
            "Bo_2": (None, "is not a notebook"),
        },
    ),
    "Moodle: another's name in one's own file's": (
        [f"Eve_1_assignsubmission_file_{MOODLE}a.ipynb"],
        {"Eve_1": (f"Eve_1_assignsubmission_file_{MOODLE}a.ipynb", "")},
    ),
    "Moodle: a zip handed in, and text online": (
        [f"{MOODLE}/work.zip", "Ann Lee_17_assignsubmission_onlinetext_/a.html"],
        {"Ann Lee_17": (None, "a.html")},
    ),
    "Canvas": (
        ["leeann_123_456_nb.ipynb", "smithbob_LATE_124_458_nb.ipynb", "fox_9_8_nb.pdf"],
        {
            "leeann_123": ("leeann_123_456_nb.ipynb", ""),
            "smithbob_124": ("smithbob_LATE_124_458_nb.ipynb", "handed in late"),
            "fox_9": (None, "is not a notebook"),
        },
    ),
    "Canvas: the highest number, not the newest file": (
        ["a_1_456_nb-10.ipynb", "a_1_456_nb-9.ipynb", "a_1_456_nb.ipynb"],
        {"a_1": ("a_1_456_nb-10.ipynb", "the newest of 3 attempts")},
    ),
    "Canvas: the later submission before the higher number": (
        ["a_LATE_1_1000_nb.ipynb", "a_1_999_nb-1.ipynb"],
        {"a_1": ("a_LATE_1_1000_nb.ipynb", "handed in late")},
    ),
}


def zipped(folder: Path, wrapper: str = "") -> Path:
    """A zip of all in the folder, with the files' times."""
    target = folder.parent / f"{folder.name}.zip"
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.rglob("*")):
            archive.write(path, wrapper + path.relative_to(folder).as_posix())
    return target


def agrees(found: list[Submission], wanted: dict[str, tuple[str | None, str]]) -> None:
    assert [submission.student for submission in found] == sorted(wanted)
    for submission in found:
        path, words = wanted[submission.student]
        assert submission.assignment == TASK
        if path is None:
            assert words in str(submission.problem)
        else:
            assert (submission.problem, submission.path) == (None, path)
            assert words in "; ".join(submission.notes)
            assert bool(words) == bool(submission.notes)
            assert submission.read_bytes() == b"{}"


@pytest.mark.parametrize(("paths", "wanted"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_folder_says_who_handed_in_what(
    lay: Callable[..., Path], paths: list[str], wanted: dict[str, tuple[str | None, str]]
) -> None:
    agrees(find(lay(*paths), TASK), wanted)


@pytest.mark.parametrize("wrapper", ["", "class/"])
@pytest.mark.parametrize(("paths", "wanted"), LAYOUTS.values(), ids=LAYOUTS)
def test_a_zip_says_the_same_as_the_folder(
    lay: Callable[..., Path],
    paths: list[str],
    wanted: dict[str, tuple[str | None, str]],
    wrapper: str,
) -> None:
    agrees(find(zipped(lay(*paths), wrapper), TASK), wanted)


def test_a_submission_can_be_sent_to_another_process(lay: Callable[..., Path]) -> None:
    (submission,) = find(zipped(lay("alice.ipynb", data=b"abc")), TASK)
    assert pickle.loads(pickle.dumps(submission)).read_bytes() == b"abc"


WRONG = {
    "empty": ([], "it is empty"),
    "the course": (["course/a.py", "b/c.txt", "d.txt"], "found b/, course/, d.txt"),
    "another assignment": (["alice/02_pooling/a.ipynb"], "found alice/"),
    "a home folder": ([f"f{n}/x" for n in range(9)], "found f0/, f1/, f2/ and 6 more"),
}


@pytest.mark.parametrize(("paths", "words"), WRONG.values(), ids=WRONG)
def test_a_wrong_folder_is_named_with_what_is_in_it(
    lay: Callable[..., Path], paths: list[str], words: str
) -> None:
    with pytest.raises(SubmissionError, match=r"looked for STUDENT/01_convolution/\*\.ipynb") as it:
        find(lay(*paths), TASK)
    assert words in str(it.value)
    assert "\n" not in str(it.value)


def test_a_source_that_is_none_is_named(tmp_path: Path) -> None:
    with pytest.raises(SubmissionError, match=r"nowhere cannot be opened \(no such file"):
        find(tmp_path / "nowhere", TASK)
    (tmp_path / "a.ipynb").write_text("{}")
    with pytest.raises(SubmissionError, match="neither a folder nor a zip"):
        find(tmp_path / "a.ipynb", TASK)
    (tmp_path / "class.zip").write_text("PK, or not")
    with pytest.raises(SubmissionError, match=r"class\.zip is a damaged zip; download it again"):
        find(tmp_path / "class.zip", TASK)
