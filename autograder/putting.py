"""Puts a case to a submission: in one request, or in several where parts are handed over."""

from collections.abc import Callable, Sequence

from autograder.kinds import KINDS
from autograder.kinds.outcomes import outcome_of
from autograder.protocol import Value
from autograder.questions import Question, Trial

Put = Callable[[dict[str, Value]], Value]
"""Sends a request to where the student's code is and returns the answer, or raises `Lost`."""

HIDDEN = "hidden"
"""What marks a request of a hidden case: whoever has seen one is asked no public one afterwards,
the answer to which is told word for word."""

FRESH = "fresh"
"""What marks a request that goes on from what was handed over: it is for a process that sees such
requests alone. Its value is whether all cells must have run there, or only those up to the last
that names what is asked for. Where there is no wall, whoever handed over goes on."""


def observe(
    question: Question, trial: Trial, parts: Sequence[str], put: Put, again: bool = False
) -> Value:
    """What is answered of some parts of a case; of each request's answer, those asked for there.

    Args:
        again: whether it is asked once more.
    """
    given, rest = handed_over(question, parts)
    if not given:
        return put(request(question, trial, rest, again))
    told = _handed_over(question, trial, given, put, again)
    if not (rest and _has_parts(told)):
        return told
    others = put(request(question, trial, rest, again))
    return _joined(told, others, rest) if _has_parts(others) else others


def handed_over(question: Question, parts: Sequence[str]) -> tuple[list[str], list[str]]:
    """The parts that are handed over, in their order, and the rest.

    Those come first: who hands over has not been told what the case goes on with.
    """
    handover = KINDS[question.kind].HANDOVER
    given = [part for part in handover.parts if part in parts] if handover else []
    return given, [part for part in parts if part not in given]


def request(
    question: Question, trial: Trial, parts: Sequence[str], again: bool = False
) -> dict[str, Value]:
    """What the worker is asked of some parts of a case, none of which is handed over."""
    asked = KINDS[question.kind].request(question, trial, parts)
    return _marked(question, trial, asked, again)


def _marked(
    question: Question, trial: Trial, asked: dict[str, Value], again: bool
) -> dict[str, Value]:
    marked = {"do": "call", "kind": question.kind, **asked}
    marked |= {"forbidden": list(question.forbidden)} if question.forbidden else {}
    marked |= {"again": True} if again else {}
    return marked if trial.case.public else marked | {HIDDEN: True}


def _handed_over(
    question: Question, trial: Trial, parts: Sequence[str], put: Put, again: bool
) -> Value:
    """What a fresh process answers, part by part, or why nothing was handed over to it.

    Cells may train for long that no layer needs: they run where the answer is not right without.
    """
    handover = KINDS[question.kind].HANDOVER
    assert handover is not None
    answer = put(_marked(question, trial, handover.give(question, trial, parts), again))
    if not _has_parts(answer):
        return answer
    told = _joined({"parts": {}}, answer, parts)
    for part in parts:
        own = told["parts"][part]
        if outcome_of(own) == "returned":
            asked = handover.take(question, trial, part, own.get("value"))
            asked = _marked(question, trial, asked, again)
            for all_cells in (False, True):
                taken = put(asked | {FRESH: all_cells})
                taken = taken if _has_parts(taken) else {"parts": {part: taken}}
                told = _joined(told, taken, [part])
                if handover.right(question, trial, part, told["parts"][part]):
                    break
    return told


def _has_parts(answer: Value) -> bool:
    return isinstance(answer, dict) and isinstance(answer.get("parts"), dict)


def _joined(told: Value, answer: Value, parts: Sequence[str]) -> Value:
    """What was told, and what an answer says of some parts: of others it has nothing to say."""
    own = {part: answer["parts"].get(part) for part in parts}
    return {**told, **answer, "parts": told["parts"] | own}
