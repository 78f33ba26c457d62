"""The kind *function*, judge's half: call it with a case's inputs, compare what it returns."""

import builtins
from collections.abc import Callable

from autograder.checks import Case
from autograder.comparison import compare
from autograder.kinds.finding import Finding, found
from autograder.kinds.raised import raised
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import Difference, VerdictKind
from autograder.tolerance import unit_roundoff

BUILTINS = frozenset(vars(builtins))
"""Names that a student cannot have made up."""

BROKEN = Finding(VerdictKind.CRASHED, "the answer was no observation of a call")


def request(question: Question, case: Case) -> dict[str, Value]:
    """Ask the worker to call the function with the case's inputs in their order."""
    return {"name": question.defines, "args": list(case.inputs.values())}


def judge(question: Question, trial: Trial, answer: Value) -> Finding | None:
    """Judge one answer. It may be anything: whoever wrote it is not trusted."""
    outcome = answer.get("outcome") if isinstance(answer, dict) else None
    if not isinstance(outcome, str) or outcome not in OUTCOMES:
        return BROKEN
    return OUTCOMES[outcome](question, trial, answer)


def _missing(question: Question, _: Trial, __: dict[str, Value]) -> Finding:
    return Finding(
        VerdictKind.NOT_ATTEMPTED,
        f"{question.defines} is not defined; run its cell and mend its errors",
    )


def _not_callable(question: Question, trial: Trial, answer: dict[str, Value]) -> Finding:
    message = f"{question.defines} is {_text(answer, 'type')}, expected a function"
    return found(VerdictKind.ERROR, trial, message, "no function any more")


def _unsupported(question: Question, trial: Trial, answer: dict[str, Value]) -> Finding:
    what = f"an object of type {_text(answer, 'type')}, expected numbers"
    message = f"{signature(question, trial)} returned {what}"
    return found(VerdictKind.FAILED, trial, message, "a result of the wrong kind")


def _raised(question: Question, trial: Trial, answer: dict[str, Value]) -> Finding | None:
    error = answer.get("error")
    name = error.get("type") if isinstance(error, dict) else None
    if trial.expected.raises and name == "ValueError":
        return None
    if name == "NotImplementedError":
        return Finding(VerdictKind.NOT_ATTEMPTED, f"{question.defines} is not written yet")
    kind, what = raised(error)
    summary = f"it raised {name if name in BUILTINS else 'an exception'}"
    return found(kind, trial, f"{signature(question, trial)}: {what}", summary)


def _returned(question: Question, trial: Trial, answer: dict[str, Value]) -> Finding | None:
    observed, call = answer.get("value"), signature(question, trial)
    if trial.expected.raises:
        message = f"{call} returned, expected ValueError: {trial.expected.raises}"
        return found(VerdictKind.FAILED, trial, message, "no ValueError was raised")
    unit = unit_roundoff([*trial.case.inputs.values(), observed])
    complaint = compare(observed, trial.expected, unit)
    if complaint is None:
        return None
    difference = Difference(call, dict(trial.case.inputs), observed, trial.expected.value)
    message = f"{call}: {complaint.message}"
    return found(VerdictKind.FAILED, trial, message, complaint.summary, difference)


def signature(question: Question, trial: Trial) -> str:
    """The call as one would write it: names for arrays, small values as they are."""
    arguments = (
        f"{name}={value}" if isinstance(value, bool | int | float | str | tuple) else name
        for name, value in trial.case.inputs.items()
    )
    return f"{question.defines}({', '.join(arguments)})"


def _text(answer: Value, key: str) -> str:
    value = answer.get(key) if isinstance(answer, dict) else None
    return value[:100] if isinstance(value, str) else ""


Outcome = Callable[[Question, Trial, dict[str, Value]], Finding | None]
OUTCOMES: dict[str, Outcome] = {
    "missing": _missing,
    "not callable": _not_callable,
    "unsupported": _unsupported,
    "raised": _raised,
    "returned": _returned,
}
