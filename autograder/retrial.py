"""Who is judged a second time, so that one mistake is not charged twice.

An exercise that calls a wrong one gets right ones in the place of all those below it that failed.
What failed keeps its verdict: its own name never stands for something right while it is judged.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace

from autograder.questions import Question
from autograder.results import Verdict, VerdictKind

SETTLED = {VerdictKind.PASSED, VerdictKind.FORBIDDEN, VerdictKind.UNGRADED}
"""What a right function in the place of another cannot change."""

TELLING = {VerdictKind.FAILED, VerdictKind.PARTIAL}

RIGHT = {VerdictKind.PASSED, VerdictKind.UNGRADED}
"""What costs nobody points, so that nothing need stand in for it."""


def stand_ins(
    question: Question, questions: Mapping[str, Question], verdicts: Mapping[str, Verdict]
) -> dict[str, Question]:
    """What is to be stood in for, by what it defines: all that it builds on and is wrong."""
    below, todo = dict[str, Question](), list(question.builds_on)
    while todo:
        name = todo.pop()
        if name in verdicts and name not in below:
            below[name] = questions[name]
            todo += questions[name].builds_on
    return {
        one.defines: one
        for name, one in sorted(below.items())
        if verdicts[name].kind not in RIGHT and one.check and one.defines != question.defines
    }


def better(first: Verdict, second: Verdict, names: Collection[str]) -> Verdict:
    """The verdict that counts; where it is the second, it says what stood in for what.

    Of two that earn the same the second tells more: what is wrong in it is wrong by itself.

    Args:
        names: what the second's code has called in the place of the student's own; nothing where
            it calls nothing that is wrong.
    """
    if second.kind is VerdictKind.UNGRADED:
        return second
    if not names and second.score == first.score:
        return second
    tells = second.kind in TELLING and second.score == first.score
    if second.score <= first.score and not tells:
        return first
    places = "place" if len(names) == 1 else "places"
    note = f"judged with a right {' and '.join(sorted(names))} in the {places} of yours"
    return replace(second, message=f"{note}\n{second.message}" if second.message else note)
