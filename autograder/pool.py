"""Many submissions on this machine's cores: threads that each drive one walled child at a time."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from types import TracebackType

from autograder.grade import Exam, Graded, every, grade
from autograder.results import Result, VerdictKind
from autograder.sandbox import Parent, SandboxError
from autograder.submission import Submission


class Pool:
    """Grades submissions with one warm parent, and replaces the parent if it is lost.

    Args:
        exam: what they are held against.
        start: starts a warm parent.
        jobs: how many submissions at a time.
    """

    def __init__(self, exam: Exam, start: Callable[[], Parent], jobs: int) -> None:
        self._exam = exam
        self._start = start
        self._jobs = jobs
        self._parent = start()
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
            yield self._threads.submit(self._grade, submission).result()

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

    def _grade(self, submission: Submission) -> Graded:
        parent = self._parent
        graded = self._attempt(submission, parent)
        if graded.result.graded:
            return graded
        return self._attempt(submission, self._replaced(parent))

    def _attempt(self, submission: Submission, parent: Parent) -> Graded:
        try:
            return grade(submission, self._exam, parent)
        except Exception as error:  # whatever it is, it is ours: no student pays for it
            message = f"not the submission's fault: {type(error).__name__}: {error}"
            verdicts = every(self._exam, VerdictKind.UNGRADED, message)
            return Graded(Result(submission.student, self._exam.assignment, verdicts))

    def _replaced(self, parent: Parent) -> Parent:
        """A new warm parent in place of one that failed, unless another thread was first."""
        with self._replacing:
            if self._parent is parent and not self._closed:
                parent.close()
                try:
                    self._parent = self._start()
                except SandboxError:
                    return parent
            return self._parent
