"""By what a verdict is known again: all that decides what it is, as hashes.

A check's own key has its cases, right answers, tolerances, points, limits and misconceptions, and
the keys of what it builds on; a submission's has the code that runs. What else the release or the
notebook says decides nothing, so that one check may change and the verdicts on the others hold.
"""

from collections.abc import Mapping, Sequence
from functools import cached_property

from autograder.fingerprints import fingerprint, own_code
from autograder.grade import Exam
from autograder.questions import Question
from autograder.sitting import written
from autograder.submission import Rebuilt


class Keys:
    """The keys of one exam's verdicts.

    Args:
        circumstances: what else decides, such as the environment.
    """

    def __init__(self, exam: Exam, circumstances: Sequence[object]) -> None:
        self._exam = exam
        self._circumstances = circumstances

    def of(self, rebuilt: Rebuilt) -> tuple[str, Mapping[str, str]]:
        """The key of what a submission's cells put out, and that of each check's verdict on it."""
        cells = [[cell.index, cell.grade_id, cell.source, cell.ours] for cell in rebuilt.cells]
        ran = fingerprint([self._common, cells])
        return ran, {
            one.name: fingerprint([ran, self._questions[one.name], *self._about(one, rebuilt)])
            for one in self._exam.questions
        }

    def _about(self, question: Question, rebuilt: Rebuilt) -> tuple[object, ...]:
        """What of the release decides how a question is put to a submission."""
        answers = rebuilt.solutions.get(question.name, ())
        return answers, written(question, rebuilt, self._exam.stubs)

    @cached_property
    def _common(self) -> str:
        return fingerprint([own_code(), self._exam.limits, *self._circumstances])

    @cached_property
    def _questions(self) -> Mapping[str, str]:
        """The key of each question, with those of what it builds on, which stand before it."""
        mistakes = self._exam.mistakes
        below = mistakes.fingerprint if mistakes else ""
        found: dict[str, str] = {}
        for one in self._exam.questions:
            wrong = [[each.name, each.hint, each.source] for each in one.misconceptions]
            under = [found[name] for name in one.builds_on if name in found]
            found[one.name] = fingerprint([one, wrong, below if wrong else "", under])
        return found
