"""What a kind found wrong with an answer, before it becomes a verdict."""

from dataclasses import dataclass

from autograder.protocol import Value
from autograder.questions import Misconception, Trial
from autograder.results import Difference, VerdictKind


@dataclass(frozen=True)
class Finding:
    """The first thing wrong with a student's answers to a question, or to a part of it.

    Args:
        trial: the case in which it was found, where it was one.
        answer: all that the worker answered there, to all parts asked for.
        misconception: the one that explains it, where one does.
        hinted: whether the check's hint may help; it is about values that are wrong.
    """

    kind: VerdictKind
    message: str
    difference: Difference | None = None
    trial: Trial | None = None
    answer: Value = None
    misconception: Misconception | None = None
    hinted: bool = True


def found(
    kind: VerdictKind,
    trial: Trial,
    message: str,
    summary: str,
    difference: Difference | None = None,
) -> Finding:
    """Tell everything of a public case, and of a hidden one kind and place only.

    What a submission says of itself could carry a hidden case's inputs out: nothing of it, no
    name and no number, may stand in the summary.
    """
    if trial.case.public:
        return Finding(kind, f"{trial.case.name}: {message}", difference)
    return Finding(kind, f"a hidden case: {summary}")
