"""One submission in, one `Graded` out: its cells run behind the wall, its answers judged here."""

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from nbformat import NotebookNode

from autograder.checks import Limits
from autograder.examining import Aid
from autograder.fingerprints import fingerprint
from autograder.mistakes import Mistakes
from autograder.protocol import Value
from autograder.questions import Question
from autograder.results import Result, Verdict, VerdictKind
from autograder.sandbox import Parent
from autograder.shrinking import shrink
from autograder.sitting import Sitting
from autograder.submission import Submission, Unreadable, parse, rebuild


@dataclass(frozen=True)
class Exam:
    """What every submission of a run is held against.

    Args:
        aids: say more of what is wrong; they change no points.
        mistakes: what misconceptions answer; the first thing that is told of a wrong answer.
    """

    assignment: str
    questions: Sequence[Question]
    release: NotebookNode
    limits: Limits
    aids: Sequence[Aid] = (shrink,)
    mistakes: Mistakes | None = field(default=None, compare=False)

    def close(self) -> None:
        """End what was started to explain wrong answers."""
        if self.mistakes:
            self.mistakes.close()

    @cached_property
    def fingerprint(self) -> str:
        """A hash of all that decides about points: cases, right answers, points, limits."""
        return fingerprint([self.questions, self.limits, json.dumps(self.release, sort_keys=True)])


@dataclass(frozen=True)
class Graded:
    """A result, and the notebook with what its cells put out, where it could be read.

    Args:
        starved: whether something timed out that only waited: alone it may fare better.
    """

    result: Result
    notebook: NotebookNode | None = None
    outputs: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    starved: bool = False


def grade(submission: Submission, exam: Exam, parent: Parent) -> Graded:
    """Grade one submission. Only our own failure leaves checks ungraded."""
    started = time.monotonic()
    blank = Result(
        submission.student,
        exam.assignment,
        (),
        submission.notes,
        parent.device,
        parent.backend,
        str(parent.isolation),
    )
    try:
        data = submission.read_bytes()
        fingerprints = {
            "submission": fingerprint(data),
            "checks": exam.fingerprint,
            "environment": fingerprint(parent.environment),
        }
        blank = replace(blank, fingerprints=fingerprints, environment=parent.environment)
        parsed = parse(data, submission.path)
        rebuilt = rebuild(parsed, exam.release, exam.assignment)
    except Unreadable as unreadable:
        return Graded(replace(blank, verdicts=every(exam, VerdictKind.ERROR, str(unreadable))))
    explain = (exam.mistakes.explaining(parent),) if exam.mistakes else ()
    with Sitting(rebuilt, exam.limits, parent, (*explain, *exam.aids)) as sitting:
        stubs = {cell.source for cell in exam.release.cells}
        verdicts = sitting.answer(exam.questions, stubs)
    result = replace(
        blank,
        verdicts=tuple(verdicts),
        repairs=(*submission.notes, *rebuilt.repairs),
        seconds=time.monotonic() - started,
    )
    return Graded(result, rebuilt.notebook, sitting.outputs, sitting.starved)


def every(exam: Exam, kind: VerdictKind, message: str) -> tuple[Verdict, ...]:
    """The same verdict on every check."""
    return tuple(
        Verdict(question.name, kind, 0.0, question.points, message) for question in exam.questions
    )
