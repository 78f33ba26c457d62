"""Draws a check's cases and answers them."""

import hashlib
import hmac
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from autograder.checks import Case, Check, Draw, Limits
from autograder.kinds import KINDS
from autograder.questions import Question, Trial
from autograder.terms import with_terms


class QuestionError(Exception):
    """A check that cannot be asked, in one line that names it."""


def ask(
    check: Check, assignment: str, secret: bytes | None = None, limits: Limits | None = None
) -> Question:
    """Draw a check's cases and answer them.

    Args:
        assignment: its name is part of every seed.
        secret: the course's; without it the question holds public cases only.
        limits: the assignment's, where answers are given within any; the check may say otherwise.

    Raises:
        QuestionError: what the author wrote raises, or does not fit together.
    """
    try:
        question = _asked(check, assignment, secret)
        return replace(question, limits=limits and replace(limits, **check.limits))
    except Exception as error:  # what an author wrote may raise anything
        reason = f"{type(error).__name__}: {error}"
        raise QuestionError(f"check {check.name!r}: {reason}") from error


def _asked(check: Check, assignment: str, secret: bytes | None) -> Question:
    cases = [*check.examples, *_drawn(check, assignment, None)]
    if secret is not None:
        cases += _drawn(check, assignment, secret)
    for case in cases:
        _fit(check.multilinear, "multilinear", case)
        _fit(check.weights, "weights", case)
    trials = [
        with_terms(check, trial) if trial.case.public else trial
        for trial in KINDS[check.kind].trials(check, cases)
    ]
    for part in check.parts:
        if not any(trial.asks(part) for trial in trials):
            raise ValueError(f"no case tests the part {part!r}; the kind is {check.kind}")
    return Question(
        name=check.name,
        parts=check.parts,
        defines=check.defines,
        trials=tuple(sorted(trials, key=_simplest_first)),
        hint=check.hint,
        picture=check.picture,
        kind=check.kind,
        weights=tuple(check.weights),
        thresholds=dict(check.thresholds),
        seconds=check.seconds,
        credit=check.credit,
        builds_on=tuple(check.builds_on),
        forbidden=tuple(check.forbidden),
        check=check,
    )


def _simplest_first(trial: Trial) -> tuple[Any, ...]:
    """The first public case that is wrong is shown: it should be the easiest to look at.

    A missing error is the last thing to mend, and how arrays lie in memory is seldom the reason.
    Hidden cases stay as drawn.
    """
    case = trial.case
    raises = any(expected.raises for expected in trial.expected.values())
    laid_out = bool(case.layout)
    return (False, raises, not case.exact, laid_out, *case.size) if case.public else (True,)


def _fit(names: Iterable[str], field: str, case: Case) -> None:
    if unknown := set(names) - set(case.inputs):
        line = f"{field} names {', '.join(sorted(unknown))}"
        raise TypeError(f"{line}, expected some of the inputs {', '.join(case.inputs)}")


def _drawn(check: Check, assignment: str, secret: bytes | None) -> Iterator[Case]:
    if check.draw is None:
        return
    kind = "random" if secret is None else "hidden"
    count = _count(check, secret is None)
    # Exact cases first: a mistake on small integers is the easiest to see. And exact cases only,
    # where nothing says how far a right answer's rounding may go.
    exact_cases = (count + 1) // 2 if check.multilinear or check.rtol else count
    for index in range(count):
        exact = index < exact_cases
        seed = _seed(f"{assignment}/{check.name}/{index}".encode(), secret)
        inputs = check.draw(Draw(seed, exact))
        yield Case(f"{kind} case {index + 1}", inputs, exact, public=secret is None)


def _count(check: Check, public: bool) -> int:
    stated = check.public if public else check.hidden
    usual, usual_hidden = KINDS[check.kind].CASES
    return stated if stated is not None else usual if public else usual_hidden


def _seed(place: bytes, secret: bytes | None) -> bytes:
    if secret is None:
        return hashlib.sha256(b"public/" + place).digest()
    return hmac.digest(secret, place, "sha256")
