"""What an assignment asks in public, and whether a bundle still asks it."""

import math
from collections.abc import Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder import bundle
from autograder.asking import QuestionError, ask
from autograder.authoring.errors import BuildError
from autograder.bundle import Bundle, BundleError
from autograder.checks import Check
from autograder.course import Assignment
from autograder.protocol import ProtocolError
from autograder.questions import Question

ROUNDING = 1e-9
"""How far float64 references may lie apart on two machines, whose BLAS sum in other orders."""


def public_questions(assignment: Assignment, checks: Sequence[Check]) -> list[Question]:
    """What students are asked, with the misconceptions of each check.

    Raises:
        BuildError: a check cannot be asked; the line names it.
        MisconceptionError: a file of misconceptions is not as it should be.
    """
    known = assignment.misconceptions()
    asked: list[Question] = []
    for check in checks:
        try:
            question = ask(check, assignment.name)
            asked.append(replace(question, misconceptions=known.get(check.name, ())))
            bundle.bundle(assignment.name, asked[-1:])  # raises where an answer is no data
        except QuestionError as error:
            raise BuildError(f"{assignment.checks_file}: {error}") from error
        except ProtocolError as error:
            line = f"check {check.name!r}: an input or the reference's answer is no data: {error}"
            raise BuildError(f"{assignment.checks_file}: {line}") from error
    return asked


def read_if_fresh(path: Path, asked: Bundle) -> Bundle | None:
    """The bundle at `path`, if it is sound and asks the same questions."""
    try:
        held = bundle.read(path)
    except BundleError:
        return None
    sound = held.version == bundle.bundle(held.assignment, held.questions, held.packages).version
    return held if sound and _same(_parts(held), _parts(asked)) else None


def _parts(held: Bundle) -> list[Any]:
    return [
        held.assignment,
        held.packages,
        *(asdict(_unanswered(question)) for question in held.questions),
    ]


def _unanswered(question: Question) -> Question:
    """A question without what misconceptions answer: what that was made from says enough."""
    told = tuple(replace(one, answers=()) for one in question.misconceptions)
    return replace(question, misconceptions=told)


def _same(left: Any, right: Any) -> bool:
    """Whether two values are equal, floating-point numbers up to rounding."""
    if isinstance(left, np.ndarray) and isinstance(right, np.ndarray):
        return _same_arrays(left, right)
    if type(left) is not type(right):
        return False
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(_same(left[key], right[key]) for key in left)
    if isinstance(left, list | tuple):
        return len(left) == len(right) and all(map(_same, left, right))
    if isinstance(left, float):
        return math.isclose(left, right, rel_tol=ROUNDING) or (left != left and right != right)
    return bool(left == right)


def _same_arrays(left: NDArray[Any], right: NDArray[Any]) -> bool:
    if left.shape != right.shape or left.dtype != right.dtype:
        return False
    if left.dtype.kind != "f":
        return np.array_equal(left, right)
    # Elements that cancel to nearly nothing are rounded on the scale of the others.
    largest = np.max(np.abs(right), initial=0.0, where=np.isfinite(right))
    return np.allclose(left, right, ROUNDING, ROUNDING * float(largest), equal_nan=True)
