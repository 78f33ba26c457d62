"""What came of asking a submission for one value: the same in every kind of exercise."""

import builtins
from collections.abc import Callable
from dataclasses import dataclass

from autograder.comparison import compare
from autograder.kinds.finding import Finding, found
from autograder.kinds.raised import raised
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import Difference, VerdictKind
from autograder.tolerance import ARITHMETICS, Expected

BUILTINS = frozenset(vars(builtins))
"""Names that a student cannot have made up."""

BROKEN = Finding(VerdictKind.CRASHED, "the answer was no observation of a call")


@dataclass(frozen=True)
class Wanted:
    """What was asked, of whom, and what should have come.

    Args:
        call: the request as one would write it.
        expected: the right value.
        noun: what the student should have defined.
    """

    question: Question
    trial: Trial
    expected: Expected
    call: str
    noun: str = "a function"

    def fault(self, kind: VerdictKind, message: str, summary: str) -> Finding:
        """A finding on this trial."""
        return found(kind, self.trial, message, summary)


def judge_outcome(wanted: Wanted, answer: Value) -> Finding | None:
    """Judge one answer. It may be anything: whoever wrote it is not trusted."""
    outcome = outcome_of(answer)
    return OUTCOMES[outcome](wanted, answer) if outcome in OUTCOMES else BROKEN


def outcome_of(answer: Value) -> str:
    """What an answer says came of it, or ""."""
    outcome = answer.get("outcome") if isinstance(answer, dict) else None
    return outcome if isinstance(outcome, str) else ""


def _missing(wanted: Wanted, _: dict[str, Value]) -> Finding:
    name = wanted.question.defines
    message = f"{name} is not defined; run its cell and mend its errors"
    return Finding(VerdictKind.NOT_ATTEMPTED, message)


def _of_wrong_kind(wanted: Wanted, answer: dict[str, Value]) -> Finding:
    name = wanted.question.defines
    message = f"{name} is {text(answer, 'type')}, expected {wanted.noun}"
    return wanted.fault(VerdictKind.ERROR, message, f"no longer {wanted.noun}")


def _unsupported(wanted: Wanted, answer: dict[str, Value]) -> Finding:
    what = text(answer, "wanted") or "numbers"
    message = f"{wanted.call} returned an object of type {text(answer, 'type')}, expected {what}"
    return wanted.fault(VerdictKind.FAILED, message, "a result of the wrong kind")


def _unfit(wanted: Wanted, answer: dict[str, Value]) -> Finding:
    message = f"{wanted.call}: {text(answer, 'reason', 300)}"
    return wanted.fault(VerdictKind.FAILED, message, "its weights are not those asked for")


def _raised(wanted: Wanted, answer: dict[str, Value]) -> Finding | None:
    error = answer.get("error")
    name = error.get("type") if isinstance(error, dict) else None
    if wanted.expected.raises and name == "ValueError":
        return None
    if name == "NotImplementedError":
        return Finding(VerdictKind.NOT_ATTEMPTED, f"{wanted.question.defines} is not written yet")
    kind, what = raised(error)
    summary = f"it raised {name if name in BUILTINS else 'an exception'}"
    return wanted.fault(kind, f"{wanted.call}: {what}", summary)


def _returned(wanted: Wanted, answer: dict[str, Value]) -> Finding | None:
    observed, expected, case = answer.get("value"), wanted.expected, wanted.trial.case
    if expected.raises:
        message = f"{wanted.call} returned, expected ValueError: {expected.raises}"
        return wanted.fault(VerdictKind.FAILED, message, "no ValueError was raised")
    arithmetic = ARITHMETICS[wanted.question.arithmetic].given(case.inputs)
    complaint = compare(observed, expected, arithmetic)
    if complaint is None:
        return None
    difference = Difference(wanted.call, dict(case.inputs), observed, expected.value)
    message = f"{wanted.call}: {complaint.message}"
    return found(VerdictKind.FAILED, wanted.trial, message, complaint.summary, difference)


def signature(name: str, inputs: dict[str, Value]) -> str:
    """The call as one would write it: names for arrays, small values as they are."""
    arguments = (
        f"{name}={value}" if isinstance(value, bool | int | float | str | tuple) else name
        for name, value in inputs.items()
    )
    return f"{name}({', '.join(arguments)})"


def text(answer: Value, key: str, characters: int = 100) -> str:
    """A short text of an answer, or ""."""
    value = answer.get(key) if isinstance(answer, dict) else None
    return value[:characters] if isinstance(value, str) else ""


Outcome = Callable[[Wanted, dict[str, Value]], Finding | None]
OUTCOMES: dict[str, Outcome] = {
    "missing": _missing,
    "of wrong kind": _of_wrong_kind,
    "unsupported": _unsupported,
    "unfit": _unfit,
    "raised": _raised,
    "returned": _returned,
}
