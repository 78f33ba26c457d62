"""Many submissions on this machine's cores: threads that each drive one walled child at a time."""

import threading
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from types import TracebackType

from autograder.grade import Exam, Graded, Paper, every, read, sit, told
from autograder.journal import Journal, Kept
from autograder.results import Result, Verdict, VerdictKind
from autograder.sandbox import Parent, SandboxError
from autograder.submission import Submission


@dataclass(frozen=True)
class Order:
    """What is to be graded; of the rest is told what is known.

    Args:
        checks: their names; empty for all.
        students: those of whom; empty for all.
        anew: whether to grade what is known, too.
    """

    checks: Collection[str] = ()
    students: Collection[str] = ()
    anew: bool = False

    def asked(self, student: str, exam: Exam, known: Collection[str]) -> list[str]:
        """The checks of a student to grade now."""
        if self.students and student not in self.students:
            return []
        names = [one.name for one in exam.questions if one.name in self.checks or not self.checks]
        return [name for name in names if self.anew or name not in known]


class Pool:
    """Grades submissions with one warm parent, and replaces the parent if it is lost.

    Args:
        exam: what they are held against.
        start: starts a warm parent; called when there is something to grade.
        jobs: how many submissions at a time.
        journal: what is known, and where what is graded is kept.
    """

    def __init__(
        self,
        exam: Exam,
        start: Callable[[], Parent],
        jobs: int,
        order: Order | None = None,
        journal: Journal | None = None,
    ) -> None:
        self._exam = exam
        self._start = start
        self._jobs = jobs
        self._order = order or Order()
        self._journal = journal
        self._parent: Parent | None = None
        self._replacing = threading.Lock()
        self._closed = False
        self._threads = ThreadPoolExecutor(jobs, "submission")

    def __enter__(self) -> "Pool":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._threads.shutdown(wait=kind is None, cancel_futures=True)
        with self._replacing:
            self._closed = True
            if self._parent:
                self._parent.close()
        self._threads.shutdown()

    def grade(self, submissions: Sequence[Submission]) -> Iterator[Graded]:
        """Grade all, yielding each when it is done.

        Where something timed out that only waited, the machine may have been too busy: such a
        submission is graded once more when all others are done, and then it counts.
        """
        starved = []
        for submission, graded in self._together(submissions):
            if graded.starved:
                starved.append(submission)
            else:
                yield graded
        for submission in starved:
            yield self._threads.submit(self._grade, submission, alone=True).result()

    def _together(self, submissions: Sequence[Submission]) -> Iterator[tuple[Submission, Graded]]:
        waiting = iter(submissions)
        running: dict[Future[Graded], Submission] = {}
        while True:
            # Only a few are handed over ahead, so that results do not pile up unread.
            while len(running) < 2 * self._jobs and (one := next(waiting, None)):
                running[self._threads.submit(self._grade, one)] = one
            if not running:
                return
            for future in wait(running, return_when=FIRST_COMPLETED).done:
                yield running.pop(future), future.result()

    def _grade(self, submission: Submission, alone: bool = False) -> Graded:
        try:
            paper = read(submission, self._exam)
        except Exception as error:  # whatever it is, it is ours: no student pays for it
            return self._ungraded(submission, error, {})
        kept = self._journal.recall(paper) if self._journal else Kept()
        asked = self._order.asked(submission.student, self._exam, kept.verdicts)
        known = {name: one for name, one in kept.verdicts.items() if name not in asked}
        if self._journal and (not asked or paper.rebuilt is None):
            around, verdicts = self._journal.environment, list(known.values())
            return told(paper, self._exam, around, verdicts, kept.outputs, kept.seconds)
        graded = self._judged(paper, asked, known)
        final = alone or not graded.starved
        # Not where all has been stopped meanwhile: to end with the warm parent looks like a crash.
        if self._journal and final and not self._closed:
            self._journal.keep(paper, graded)
        return graded

    def _judged(self, paper: Paper, asked: Collection[str], known: Mapping[str, Verdict]) -> Graded:
        parent = self._warm()
        graded = self._attempt(paper, parent, asked, known)
        if graded.result.graded:
            return graded
        return self._attempt(paper, self._replaced(parent), asked, known)

    def _attempt(
        self, paper: Paper, parent: Parent, asked: Collection[str], known: Mapping[str, Verdict]
    ) -> Graded:
        try:
            return sit(paper, self._exam, parent, asked, known)
        except Exception as error:
            return self._ungraded(paper.submission, error, known)

    def _ungraded(
        self, submission: Submission, error: Exception, known: Mapping[str, Verdict]
    ) -> Graded:
        message = f"not the submission's fault: {type(error).__name__}: {error}"
        ungraded = every(self._exam, VerdictKind.UNGRADED, message)
        verdicts = tuple(known.get(one.check, one) for one in ungraded)
        exam = self._exam
        return Graded(Result(submission.student, exam.assignment, verdicts, by_hand=exam.by_hand))

    def _warm(self) -> Parent:
        """The warm parent, started by whoever needs it first."""
        with self._replacing:
            if self._closed:
                raise SandboxError("grading has been stopped")
            self._parent = self._parent or self._start()
            return self._parent

    def _replaced(self, parent: Parent) -> Parent:
        """A new warm parent in place of one that failed, unless another thread was first."""
        with self._replacing:
            if self._parent is parent and not self._closed:
                parent.close()
                try:
                    self._parent = self._start()
                except SandboxError:
                    return parent
            return self._parent or parent
