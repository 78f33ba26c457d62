"""A verdict is known again by what decides about it, and by nothing else."""

import copy
from dataclasses import replace

import nbformat
import pytest

from autograder import Case, Check
from autograder.asking import ask
from autograder.checks import Limits
from autograder.grade import Exam, read
from autograder.journal.keys import Keys
from autograder.questions import Misconception
from tests.tiny import RIGHT, notebook

AROUND = {"python": "3.11", "isolation": "full"}
ALL = {"double", "quadruple", "half"}


def question(name, factor, **fields):
    check = Check(name, 10, lambda x: factor * x, [Case("two", {"x": 2.0})], **fields)
    return ask(check, "01", b"secret")


QUESTIONS = {
    "double": question("double", 2),
    "quadruple": question("quadruple", 4, builds_on=["double"]),
    "half": question("half", 0.5),
}
RELEASE = notebook({})
LIMITS = Limits()


class Handed:
    """A submission that is in memory."""

    student, path, notes = "ada", "ada.ipynb", ()

    def __init__(self, text):
        self.read_bytes = text.encode


def keys(
    questions=QUESTIONS,
    release=RELEASE,
    limits=LIMITS,
    around=AROUND,
    answers=RIGHT,
    extra=(),
):
    exam = Exam("01", list(questions.values()), release, limits)
    paper = read(Handed(nbformat.writes(notebook(answers, extra))), exam)
    return Keys(exam, [around]).of(paper.rebuilt)[1]


def changed(**kinds):
    """The checks whose verdicts are no longer known."""
    before, after = keys(), keys(**kinds)
    return {name for name in after if after[name] != before.get(name)}


def other(name, **fields):
    return {**QUESTIONS, name: replace(QUESTIONS[name], **fields)}


def with_text(text):
    release = copy.deepcopy(RELEASE)
    release.cells[0].source = text
    return release


MISTAKE = Misconception("by three", "look again", "def half(x): return x / 3")
CHANGES = {
    "nothing": ({}, set()),
    "points": ({"questions": other("half", parts={"": 7})}, {"half"}),
    "a right answer": ({"questions": {**QUESTIONS, "half": question("half", 0.25)}}, {"half"}),
    "a case": ({"questions": other("half", trials=QUESTIONS["half"].trials * 2)}, {"half"}),
    "a misconception": ({"questions": other("half", misconceptions=(MISTAKE,))}, {"half"}),
    "what one builds on": ({"questions": other("double", hint="?")}, {"double", "quadruple"}),
    "a check's own limits": ({"questions": other("half", limits=Limits(processes=9))}, {"half"}),
    "the assignment's": ({"limits": Limits(call_seconds=9)}, ALL),
    "the environment": ({"around": {**AROUND, "numpy": "9"}}, ALL),
    "the isolation": ({"around": {**AROUND, "isolation": "trusted"}}, ALL),
    "an answer": ({"answers": {**RIGHT, "half": "def half(x): return x"}}, ALL),
    "a cell of one's own": ({"extra": ["x = 1"]}, ALL),
    "our code in the release": ({"release": with_text("import numpy")}, ALL),
    "points in the release": ({"release": notebook({}, points={**RIGHT, "half": 1})}, set()),
}


@pytest.mark.parametrize(("kinds", "wanted"), CHANGES.values(), ids=CHANGES)
def test_what_changes_concerns_only_what_it_decides(kinds, wanted):
    assert changed(**kinds) == wanted
