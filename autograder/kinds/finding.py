"""What a kind found wrong with an answer, before it becomes a verdict."""

from dataclasses import dataclass

from autograder.questions import Question, Trial
from autograder.results import Difference, Verdict, VerdictKind


@dataclass(frozen=True)
class Finding:
    """The first thing wrong with a student's answers to a question."""

    kind: VerdictKind
    message: str
    difference: Difference | None = None

    def verdict(self, question: Question) -> Verdict:
        """The verdict that it amounts to: no points, and the hint where the answer was wrong."""
        hint = question.hint if self.kind is VerdictKind.FAILED else ""
        return Verdict(
            question.name,
            self.kind,
            0.0,
            question.points,
            self.message,
            hint,
            difference=self.difference,
        )


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
