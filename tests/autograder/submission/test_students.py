"""Student ids are safe, and nobody's is another's."""

import unicodedata
from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.submission.students import student_ids

KEPT = ["alice", "bob.smith@uni.edu", "Ann Lee_17", "José Ñandú", "李雷_3", "o'neil", "a+b", "007"]
MADE_SAFE = ["../../etc", "a/b", "a\\b", ".hidden", "-rf", "a\nb", "con", "NUL.txt", "a.", "", "*"]
MADE_SAFE += [
    "com1",
    "COM¹",
    "lpt9 .txt",
    "CONIN$",
    "a\xa0b",
    "a\u200fb",
    "a\0b",
    "a:b",
    "..",
    "a ",
]
MADE_SAFE += ["ann-0123456789abcdef", "ann-0123456789ABCDEF"]  # as what is made safe ends


@pytest.mark.parametrize("name", KEPT)
def test_a_name_that_can_be_a_folder_is_the_id(name: str) -> None:
    assert student_ids([name]) == {name: name}


@pytest.mark.parametrize("name", [*MADE_SAFE, "x" * 200, "é" * 100, "a\u202eb", "\udcff"])
def test_another_is_made_safe_and_marked(name: str) -> None:
    student = student_ids([name])[name]
    assert student != name
    assert len(student.encode()) <= 120
    assert PurePosixPath(student).name == PureWindowsPath(student).name == student
    assert student.isprintable()


def on_a_careless_disk(student: str) -> str:
    """What a file system makes of a name that minds neither case nor how accents are written."""
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", student).casefold())


ALIKE = [
    "Ann",
    "ann",
    "ANN",
    "e\u0301",
    "\u00e9",
    "E\u0301",
    "ß",
    "ss",
    "K",
    "\u212a",
    "a/b",
    "a-b",
]
NAMES = st.one_of(st.sampled_from([*MADE_SAFE, *ALIKE]), st.text(max_size=8))


@given(st.lists(NAMES, unique=True))
def test_two_names_never_share_an_id(names: list[str]) -> None:
    ids = student_ids(names)
    assert list(ids) == names
    assert len({on_a_careless_disk(student) for student in ids.values()}) == len(names)
    assert student_ids(reversed(names)) == ids


@given(st.lists(NAMES, unique=True, min_size=1))
def test_nobody_can_choose_a_name_that_is_anothers_id(names: list[str]) -> None:
    chosen = [student for student in student_ids(names).values() if student not in names]
    everybody = [*names, *chosen, *(name.swapcase() for name in chosen)]
    ids = student_ids(dict.fromkeys(everybody))
    assert len({on_a_careless_disk(student) for student in ids.values()}) == len(ids)


def test_names_that_only_look_alike_stay_two() -> None:
    ids = student_ids(["a/b", "a-b", "Ann", "ann", "e\u0301", "\u00e9"])
    assert len(set(ids.values())) == 6
    assert ids["a-b"] == "a-b"
