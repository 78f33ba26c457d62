"""The verdict that the findings on a question amount to."""

from collections.abc import Mapping, Sequence

from autograder.evidence import evidence
from autograder.kinds import KINDS
from autograder.kinds.finding import Finding
from autograder.protocol import Value
from autograder.questions import Question
from autograder.results import Part, Verdict, VerdictKind


def conclude(question: Question, faults: Mapping[str, Finding], right: int = 0) -> Verdict:
    """The verdict that the findings amount to; hints are for answers that are wrong.

    Args:
        right: how many cases are, where a share of the points is earned by each.
    """
    share = right / len(question.trials) if right else 0.0
    parts = tuple(_part(name, points, faults, share) for name, points in question.parts.items())
    first = next((faults[part.name] for part in parts if part.name in faults), None)
    hintless = KINDS[question.kind].HINTLESS
    wrong = (f for part, f in faults.items() if part not in hintless and f.hinted)
    hinted = any(fault.kind is VerdictKind.FAILED for fault in wrong)
    explained = next((f.misconception for f in faults.values() if f.misconception), None)
    hint = question.hint if hinted else ""
    score = round(sum(part.score for part in parts), 2)
    kind = first.kind if first else VerdictKind.PASSED
    return Verdict(
        question.name,
        VerdictKind.PARTIAL if first and score else kind,
        score,
        question.points,
        _counted(_message(parts, first), question, right) if first else "",
        explained.hint if explained else hint,
        difference=next((f.difference for f in faults.values() if f.difference), None),
        parts=parts if question.parts.keys() != {""} else (),
        misconception=explained.name if explained else "",
        evidence={} if explained else _evidence(faults),
    )


def _evidence(faults: Mapping[str, Finding]) -> dict[str, Value]:
    """The first wrong answer, where there is one."""
    for part, fault in faults.items():
        if fault.trial and fault.kind in (VerdictKind.FAILED, VerdictKind.ERROR):
            return evidence(fault.trial, part, fault.answer)
    return {}


def _part(name: str, points: float, faults: Mapping[str, Finding], share: float) -> Part:
    fault = faults.get(name)
    if fault is None:
        return Part(name, VerdictKind.PASSED, points, points)
    return Part(name, fault.kind, points * share, points, fault.message)


def _counted(message: str, question: Question, right: int) -> str:
    """Where some cases earned their share, how many they are."""
    if not right:
        return message
    verb = "is" if right == 1 else "are"
    return f"{right} of {len(question.trials)} cases {verb} right; of the others: {message}"


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
