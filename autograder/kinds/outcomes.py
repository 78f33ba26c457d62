"""What came of asking a submission for one value: the same in every kind of exercise."""

import builtins
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from autograder.comparison import compare
from autograder.complaints import NO_RETURN
from autograder.kinds.finding import Finding, found
from autograder.kinds.raised import raised
from autograder.protocol import Array, Value
from autograder.questions import Question, Trial
from autograder.results import Difference, VerdictKind
from autograder.tolerance import ARITHMETICS, Expected

BUILTINS = frozenset(vars(builtins))
"""Names that a student cannot have made up."""

FEW = 6
"""Elements that are written out in a line."""

READ_ONLY = "read-only"
"""How NumPy says that an array is not to be written to, in more than one sentence."""

ANYWAY = ("ImportError", "ModuleNotFoundError", "NameError", "SyntaxError")
"""Exceptions that would have come with any inputs."""

BROKEN = Finding(VerdictKind.CRASHED, "the answer was no observation of a call")


@dataclass(frozen=True)
class Wanted:
    """What was asked, of whom, and what should have come.

    Args:
        call: the request as one would write it.
        expected: the right value.
        noun: what the student should have defined.
        images: whether an array of four axes is a batch of images.
    """

    question: Question
    trial: Trial
    expected: Expected
    call: str
    noun: str = "a function"
    images: bool = True

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
    kind, dtype = text(answer, "type"), text(answer, "dtype", 30)
    came = f"an array of {dtype}" if dtype else f"an object of type {kind}"
    message = f"{wanted.call} returned {came}, expected {text(answer, 'wanted') or 'numbers'}"
    remedy = "" if text(answer, "wanted") else REMEDIES.get(dtype or kind) or _reason(answer)
    summary = "a wrong dtype" if dtype else "a result of the wrong kind"
    return replace(wanted.fault(VerdictKind.FAILED, message + remedy, summary), hinted=False)


def _reason(answer: dict[str, Value]) -> str:
    reason = text(answer, "reason", 300)
    return f"; {reason}" if reason else ""


UNROLL = "; make an array of it: numpy.array(list(...))"
CALL = "; call it, and return what it returns"
REAL = "; return its real part, y.real"
RAGGED = "; are its rows of different lengths?"
REMEDIES = {
    **dict.fromkeys(("generator", "map", "zip", "filter", "range"), UNROLL),
    **dict.fromkeys(("function", "method", "builtin_function_or_method"), CALL),
    **dict.fromkeys(("complex", "complex64", "complex128"), REAL),
    "object": RAGGED,
}
"""What to do about a type that cannot be compared."""


def _unfit(wanted: Wanted, answer: dict[str, Value]) -> Finding:
    message = f"{wanted.call}: {text(answer, 'reason', 300)}"
    return wanted.fault(VerdictKind.FAILED, message, "its weights are not those asked for")


def _raised(wanted: Wanted, answer: dict[str, Value]) -> Finding | None:
    error = answer.get("error")
    name = text(error, "type")
    read_only = name == "ValueError" and READ_ONLY in text(error, "message", 300)
    if read_only and wanted.trial.case.layout == "read-only":
        message = f"{wanted.call} writes to its input{_in_line(error)}; work on a copy"
        fault = wanted.fault(VerdictKind.FAILED, message, "it writes to its input")
        return replace(fault, hinted=False)
    if wanted.expected.raises and name == "ValueError" and not read_only:
        return None
    if name == "NotImplementedError":
        return Finding(VerdictKind.NOT_ATTEMPTED, f"{wanted.question.defines} is not written yet")
    kind, what = raised(error, wanted.question.limits)
    summary = f"it raised {name if name in BUILTINS else 'an exception'}"
    if wanted.expected.raises:
        what += f"; expected ValueError: {wanted.expected.raises}"
        summary += ", expected ValueError"
    elif wanted.question.kind == "function" and kind is VerdictKind.ERROR and name not in ANYWAY:
        what += given(wanted.trial.case.inputs)
    return wanted.fault(kind, f"{wanted.call}: {what}", summary)


def _in_line(error: Value) -> str:
    line = " ".join(text(error, "line", 300).split())
    return f", in the line: {line}" if line else ""


def _returned(wanted: Wanted, answer: dict[str, Value]) -> Finding | None:
    observed, expected, case = answer.get("value"), wanted.expected, wanted.trial.case
    if expected.raises:
        message = f"{wanted.call} returned, expected ValueError: {expected.raises}"
        return wanted.fault(VerdictKind.FAILED, message, "no ValueError was raised")
    arithmetic = ARITHMETICS[wanted.question.arithmetic].given(case.inputs)
    complaint = compare(observed, expected, arithmetic, text(answer, "dtype"), wanted.images)
    if complaint is None:
        return None
    difference = Difference(
        wanted.call, dict(case.inputs), observed, expected.value, expected.factors
    )
    message = f"{wanted.call}: {complaint.message}"
    if observed is None and text(answer, "stdout").strip():
        message = message.replace(NO_RETURN, "it prints something, but returns nothing")
    fault = found(VerdictKind.FAILED, wanted.trial, message, complaint.summary, difference)
    return replace(fault, hinted=complaint.hinted)


def signature(name: str, inputs: dict[str, Value]) -> str:
    """The call as one would write it: names for arrays, small values as they are."""
    arguments = (
        f"{name}={value}" if isinstance(value, bool | int | float | str | tuple) else name
        for name, value in inputs.items()
    )
    return f"{name}({', '.join(arguments)})"


def given(inputs: Mapping[str, Value]) -> str:
    """The arrays that a call was given: their elements where they are few, else their shapes."""
    told = [
        f"{name} = {_written(value)}" if value.size <= FEW else f"{name} of shape {value.shape}"
        for name, value in inputs.items()
        if isinstance(value, np.ndarray)
    ]
    return f"; with {', '.join(told)}" if told else ""


def _written(value: Array) -> str:
    whole = value.dtype.kind == "f" and np.all(value == np.rint(value)) and np.all(abs(value) < 1e9)
    return str((value.astype(int) if whole else value).tolist())


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
