"""A `Question` is a check whose cases are drawn and answered: all that judging needs.

The public part of it travels to students as data (`autograder.bundle`); the hidden part exists
only while an instructor grades.
"""

import hashlib
import hmac
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.checks import Case, Check, Draw
from autograder.tolerance import Expected, expect


class QuestionError(Exception):
    """A check that cannot be asked, in one line that names it."""


@dataclass(frozen=True)
class Trial:
    """One case and the right answer to it."""

    case: Case
    expected: Expected


@dataclass(frozen=True)
class Question:
    """What one check asks, with answers."""

    name: str
    points: float
    defines: str
    trials: tuple[Trial, ...]
    hint: str = ""
    picture: bool = False
    kind: str = "function"


def ask(check: Check, assignment: str, secret: bytes | None = None) -> Question:
    """Draw a check's cases and answer them.

    Args:
        assignment: its name is part of every seed.
        secret: the course's; without it the question holds public cases only.

    Raises:
        QuestionError: what the author wrote raises, or does not fit together.
    """
    try:
        return _asked(check, assignment, secret)
    except Exception as error:  # what an author wrote may raise anything
        reason = f"{type(error).__name__}: {error}"
        raise QuestionError(f"check {check.name!r}: {reason}") from error


def _asked(check: Check, assignment: str, secret: bytes | None) -> Question:
    cases = [*check.examples, *_drawn(check, assignment, None)]
    if secret is not None:
        cases += _drawn(check, assignment, secret)
    for case in cases:
        if unknown := set(check.multilinear) - set(case.inputs):
            names = f"multilinear names {', '.join(sorted(unknown))}"
            raise TypeError(f"{names}, expected some of the inputs {', '.join(case.inputs)}")
    return Question(
        check.name,
        check.points,
        check.defines,
        tuple(Trial(case, expect(check, case)) for case in cases),
        check.hint,
        check.picture,
        check.kind,
    )


def _drawn(check: Check, assignment: str, secret: bytes | None) -> Iterator[Case]:
    if check.draw is None:
        return
    kind, count = ("random", check.public) if secret is None else ("hidden", check.hidden)
    # Exact cases first: a mistake on small integers is the easiest to see. And exact cases only,
    # where nothing says how far a right answer's rounding may go.
    exact_cases = (count + 1) // 2 if check.multilinear or check.rtol else count
    for index in range(count):
        exact = index < exact_cases
        seed = _seed(f"{assignment}/{check.name}/{index}".encode(), secret)
        inputs = check.draw(Draw(seed, exact))
        yield Case(f"{kind} case {index + 1}", inputs, exact, public=secret is None)


def _seed(place: bytes, secret: bytes | None) -> bytes:
    if secret is None:
        return hashlib.sha256(b"public/" + place).digest()
    return hmac.digest(secret, place, "sha256")
