"""Puts a question to a submission, case by case, and comes to a verdict."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from autograder.kinds import KINDS
from autograder.kinds.finding import Finding, found
from autograder.kinds.repetition import unlike
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import Lost, Part, Verdict, VerdictKind

Put = Callable[[dict[str, Value]], Value]
"""Sends a request to where the student's code is and returns the answer, or raises `Lost`."""


Aid = Callable[[Question, Put, Mapping[str, Finding]], Mapping[str, Finding]]
"""Says more of what was found wrong: in a smaller case, or which misconception explains it."""


def examine(question: Question, put: Put, aids: Sequence[Aid] = ()) -> Verdict:
    """Put a question's cases one after another, each part until its first wrong answer."""
    faults: Mapping[str, Finding] = _faults(question, put)
    for aid in aids:
        faults = aid(question, put, faults)
    return conclude(question, faults)


def _faults(question: Question, put: Put) -> dict[str, Finding]:
    faults: dict[str, Finding] = {}
    for trial in question.trials:
        parts = [part for part in question.parts if part not in faults and trial.asks(part)]
        if parts:
            faults |= _try(question, trial, parts, put)
    needs = KINDS[question.kind].NEEDS
    for part, needed in needs.items():
        if part in question.parts and part not in faults and needed in faults:
            line = f"earned only together with {needed}"
            faults[part] = Finding(faults[needed].kind, line)
    return faults


def _try(question: Question, trial: Trial, parts: Sequence[str], put: Put) -> dict[str, Finding]:
    """Put one case. Where the process is lost over several parts, each is tried by itself."""
    try:
        answer = put(_request(question, trial, parts))
        faults = KINDS[question.kind].judge(question, trial, parts, answer)
        faults = _repeated(question, trial, faults, answer, put)
        return {part: replace(fault, trial=trial, answer=answer) for part, fault in faults.items()}
    except Lost as lost:
        if len(parts) == 1:
            return {parts[0]: _lost(question, trial, lost)}
    alone: dict[str, Finding] = {}
    for part in parts:
        alone |= _try(question, trial, [part], put)
    return alone


def _request(question: Question, trial: Trial, parts: Sequence[str]) -> dict[str, Value]:
    kind = KINDS[question.kind]
    return {"do": "call", "kind": question.kind, **kind.request(question, trial, parts)}


def _lost(question: Question, trial: Trial, lost: Lost) -> Finding:
    return found(lost.kind, trial, f"{question.defines} {lost}", str(lost.kind))


def _repeated(
    question: Question, trial: Trial, faults: dict[str, Finding], answer: Value, put: Put
) -> dict[str, Finding]:
    """Ask once more for wrong values: those that change with the random seed are no values."""
    wrong = [part for part, fault in faults.items() if fault.kind is VerdictKind.FAILED]
    if not wrong or not KINDS[question.kind].REPEATS:
        return faults
    parts = list(faults)
    try:
        again = put({**_request(question, trial, parts), "again": True})
    except Lost:  # the first answer stands
        return faults
    message = f"{question.defines} is not deterministic: called twice with the same inputs, "
    message += "it gave different answers"
    changed = unlike(answer, again, wrong)
    return faults | {
        part: found(VerdictKind.FAILED, trial, message, "not deterministic") for part in changed
    }


def conclude(question: Question, faults: Mapping[str, Finding]) -> Verdict:
    """The verdict that the findings amount to; hints are for answers that are wrong."""
    parts = tuple(_part(name, points, faults) for name, points in question.parts.items())
    first = next((faults[part.name] for part in parts if part.name in faults), None)
    hintless = KINDS[question.kind].HINTLESS
    hinted = any(f.kind is VerdictKind.FAILED for p, f in faults.items() if p not in hintless)
    explained = next((f.misconception for f in faults.values() if f.misconception), None)
    hint = question.hint if hinted else ""
    score = round(sum(part.score for part in parts), 2)
    kind = first.kind if first else VerdictKind.PASSED
    return Verdict(
        question.name,
        VerdictKind.PARTIAL if first and score else kind,
        score,
        question.points,
        _message(parts, first),
        explained.hint if explained else hint,
        difference=next((f.difference for f in faults.values() if f.difference), None),
        parts=parts if question.parts.keys() != {""} else (),
        misconception=explained.name if explained else "",
    )


def _part(name: str, points: float, faults: Mapping[str, Finding]) -> Part:
    fault = faults.get(name)
    if fault is None:
        return Part(name, VerdictKind.PASSED, points, points)
    return Part(name, fault.kind, 0.0, points, fault.message)


def _message(parts: Sequence[Part], first: Finding | None) -> str:
    """One line for each part that is lost; one for all if it is the same for all."""
    lost = [part for part in parts if part.kind is not VerdictKind.PASSED]
    if first is None or (len({part.message for part in lost}) == 1 and len(lost) == len(parts)):
        return first.message if first else ""
    earned = [f"{part.name} ({part.score:g})" for part in parts if part not in lost]
    lines = [f"earned: {', '.join(earned)}"] if earned else []
    return "\n".join(
        [*lines, *(f"{part.name} ({part.max_score:g}): {part.message}" for part in lost)]
    )
