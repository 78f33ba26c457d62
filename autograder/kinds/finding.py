"""What a kind found wrong with an answer, before it becomes a verdict."""

from dataclasses import dataclass

from autograder.questions import Question
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
