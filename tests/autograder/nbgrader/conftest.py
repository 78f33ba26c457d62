"""An assignment of two checks and an essay, written by hand, and what students earned in it."""

from collections.abc import Callable

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.results import Result, Verdict, VerdictKind

ASSIGNMENT = "01_sums"


def marked(new: Callable[..., NotebookNode], source: str, name: str, **marks: object):
    plain = {"schema_version": 3, "grade": False, "solution": False, "locked": False, "task": False}
    return new(source, metadata={"nbgrader": {**plain, "grade_id": name, **marks}})


def exercise(name: str, points: float) -> list[NotebookNode]:
    stub = f"def {name}(x):\n    raise NotImplementedError"
    return [
        marked(new_code_cell, stub, f"{name}_answer", solution=True),
        marked(new_code_cell, f'check("{name}")', name, grade=True, locked=True, points=points),
    ]


def assignment(**points: float) -> NotebookNode:
    """A release notebook with an exercise for each name."""
    cells = [
        marked(new_markdown_cell, "# Sums <b>by us</b>", "intro", locked=True),
        *(cell for name, value in points.items() for cell in exercise(name, value)),
        marked(new_markdown_cell, "Explain.", "essay", grade=True, solution=True, points=5),
    ]
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "Python 3"}}
    )


def verdict(check: str, kind: VerdictKind, score: float, most: float, message: str = "") -> Verdict:
    return Verdict(check, kind, score, most, message)


@pytest.fixture
def release() -> NotebookNode:
    return assignment(add=10, scale=20)


@pytest.fixture
def release_of() -> Callable[..., NotebookNode]:
    return assignment


@pytest.fixture
def result_of() -> Callable[..., Result]:
    """A result from the score of each check; None for one that is ungraded."""

    def result_of(student: str, message: str = "", **scores: float | None) -> Result:
        most = {"add": 10.0, "scale": 20.0}
        verdicts = []
        for check, score in scores.items():
            full = most.get(check, 10.0)
            kind = VerdictKind.PASSED if score == full else VerdictKind.FAILED
            kind = VerdictKind.UNGRADED if score is None else kind
            said = "" if kind is VerdictKind.PASSED else message
            verdicts.append(verdict(check, kind, score or 0.0, full, said))
        return Result(student, ASSIGNMENT, tuple(verdicts))

    return result_of
