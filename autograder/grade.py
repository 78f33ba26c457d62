"""One submission in, one `Graded` out: its cells run behind the wall, its answers judged here."""

import json
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType

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
from autograder.submission import Rebuilt, Submission, Unreadable, parse, points_by_hand, rebuild


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

    @cached_property
    def by_hand(self) -> float:
        """The points that an instructor gives besides."""
        return points_by_hand(self.release)

    @cached_property
    def stubs(self) -> Collection[str]:
        """Cells in which nothing has been written."""
        return {cell.source for cell in self.release.cells}


@dataclass(frozen=True)
class Paper:
    """A submission that has been read.

    Args:
        digest: of its bytes; "" where there are none.
        rebuilt: what is graded; None where nothing can be.
        problem: why.
    """

    submission: Submission
    digest: str
    rebuilt: Rebuilt | None
    problem: str = ""


@dataclass(frozen=True)
class Graded:
    """A result, and the notebook with what its cells put out, where it could be read.

    Args:
        starved: whether something timed out that only waited: alone it may fare better.
        judged: the checks that were judged now. What is told of the others was known.
    """

    result: Result
    notebook: NotebookNode | None = None
    outputs: Mapping[int, Mapping[str, Value]] = field(default_factory=dict)
    starved: bool = False
    judged: Collection[str] = ()


def read(submission: Submission, exam: Exam) -> Paper:
    """Read a submission and put its cells into the release; nothing of it runs."""
    digest = ""
    try:
        data = submission.read_bytes()
        digest = fingerprint(data)
        rebuilt = rebuild(parse(data, submission.path), exam.release, exam.assignment)
    except Unreadable as unreadable:
        return Paper(submission, digest, None, str(unreadable))
    return Paper(submission, digest, rebuilt)


def grade(submission: Submission, exam: Exam, parent: Parent) -> Graded:
    """Grade one submission. Only our own failure leaves checks ungraded."""
    return sit(read(submission, exam), exam, parent, [one.name for one in exam.questions])


def sit(
    paper: Paper,
    exam: Exam,
    parent: Parent,
    asked: Collection[str],
    known: Mapping[str, Verdict] = MappingProxyType({}),
) -> Graded:
    """Grade a submission that has been read.

    Args:
        asked: the checks to judge.
        known: verdicts on others of them.
    """
    started = time.monotonic()
    if paper.rebuilt is None:
        return told(paper, exam, parent.environment, ())
    explain = (exam.mistakes.explaining(parent),) if exam.mistakes else ()
    with Sitting(paper.rebuilt, exam.limits, parent, (*explain, *exam.aids)) as sitting:
        questions = [one for one in exam.questions if one.name in {*asked, *known}]
        verdicts = sitting.answer(questions, exam.stubs, known)
    seconds = time.monotonic() - started
    graded = told(paper, exam, parent.environment, verdicts, sitting.outputs, seconds)
    return replace(graded, starved=sitting.starved, judged=asked)


def told(
    paper: Paper,
    exam: Exam,
    environment: Mapping[str, str],
    verdicts: Sequence[Verdict],
    outputs: Mapping[int, Mapping[str, Value]] = MappingProxyType({}),
    seconds: float = 0.0,
) -> Graded:
    """What there is to tell of a submission; one that cannot be read is wrong in every check."""
    submission, rebuilt = paper.submission, paper.rebuilt
    fingerprints = {"checks": exam.fingerprint, "environment": fingerprint(environment)}
    if paper.digest:
        fingerprints["submission"] = paper.digest
    result = Result(
        submission.student,
        exam.assignment,
        tuple(verdicts) if rebuilt else every(exam, VerdictKind.ERROR, paper.problem),
        (*submission.notes, *(rebuilt.repairs if rebuilt else ())),
        environment["device"],
        environment["backend"],
        environment["isolation"],
        seconds,
        fingerprints,
        environment,
        exam.by_hand,
    )
    return Graded(result, rebuilt.notebook if rebuilt else None, outputs)


def every(exam: Exam, kind: VerdictKind, message: str) -> tuple[Verdict, ...]:
    """The same verdict on every check."""
    return tuple(
        Verdict(question.name, kind, 0.0, question.points, message) for question in exam.questions
    )
