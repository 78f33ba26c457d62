"""The audit of a course's checks: everything is tried, two at a time, on every backend."""

import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.authoring.audit.audited import Audited
from autograder.authoring.audit.backends import backends, computing_with
from autograder.authoring.audit.bench import Bench
from autograder.authoring.audit.equivalents import agreeing, further, provable
from autograder.authoring.audit.judging import confused, failed, passing
from autograder.authoring.audit.killing import survivors
from autograder.authoring.audit.listing import Changes
from autograder.authoring.audit.mutating import Mutant
from autograder.authoring.audit.subjects import Subject, Subjects, read_subjects
from autograder.checks import Limits
from autograder.course import Assignment
from autograder.isolation import Isolation
from autograder.questions import Question
from autograder.sandbox import Parent, start

SEED = b"audit"
BATCH = 25
"""Mutants that one child tries."""

SHARES = 4
"""Into how many the cases are shared on which equivalent answers are to agree."""

AT_MOST = 0.1
"""The share of mutants that may be listed as equivalent."""

Watch = Callable[[int, int, str], None]
"""Is told how much is done, of how much, and what was done last."""


def audit(
    assignments: Sequence[Assignment],
    isolation: Isolation,
    jobs: int = os.cpu_count() or 1,
    watch: Watch = lambda _done, _all, _last: None,
) -> list[Audited]:
    """Try the checks of assignments on mutants, misconceptions and right answers.

    Raises:
        AuditError, BuildError, CourseError, QuestionError, MisconceptionError, SandboxError:
            something cannot be tried; one line says what.
    """
    audits = [_Audit(read_subjects(one), isolation, jobs) for one in assignments]
    total, done = sum(len(one) for one in audits), 0
    audited: list[Audited] = []
    for one in audits:
        for count, last in one.run():
            done += count
            watch(done, total, last)
        audited += one.audited()
    return audited


@dataclass
class _Found:
    """What was found of one check so far."""

    survivors: list[Mutant] = field(default_factory=list)
    refuted: Changes = field(default_factory=set)
    undistinguished: list[str] = field(default_factory=list)
    right_answers: int = 0
    failed: list[str] = field(default_factory=list)
    seconds: float = 0.0


@dataclass(frozen=True)
class _Step:
    """Work for one child: how much of the whole it is, what it is called, and the work."""

    weight: int
    label: str
    work: Callable[[Parent], None]


class _Audit:
    """The audit of one assignment; its length is that of the progress bar."""

    def __init__(self, subjects: Subjects, isolation: Isolation, jobs: int) -> None:
        self._subjects = subjects
        self._assignment = subjects.assignment
        own = [subject.check.limits for subject in subjects.checks]
        self._limits = subjects.assignment.limits.widened(
            own
        )  # what is tried here is no stranger's
        self._isolation = isolation
        self._jobs = jobs
        self._backends = backends(self._assignment.packages)
        self._found = {subject.check.name: _Found() for subject in subjects.checks}

    def __len__(self) -> int:
        plans = map(self._plan, self._backends)
        return sum(step.weight for plan in plans for step in plan)

    def run(self) -> Iterator[tuple[int, str]]:
        """Try everything; how much each step did, and what."""
        for backend in self._backends:
            with (
                computing_with(backend),
                start(self._assignment.packages, self._isolation, SEED) as parent,
            ):
                yield from self._together(self._plan(backend), parent)
                if backend == self._backends[0]:
                    yield from self._together(list(self._proofs()), parent)

    def _together(self, steps: Sequence[_Step], parent: Parent) -> Iterator[tuple[int, str]]:
        with ThreadPoolExecutor(self._jobs, "audit") as threads:
            running = {threads.submit(step.work, parent): step for step in steps}
            try:
                for done in as_completed(running):
                    done.result()
                    yield running[done].weight, running[done].label
            finally:
                threads.shutdown(wait=True, cancel_futures=True)

    def _plan(self, backend: str) -> list[_Step]:
        """What is tried on a backend, what trains first: it takes longest."""
        checks = sorted(self._subjects.checks, key=lambda subject: not subject.trained)
        steps = [*self._right(backend)]
        for subject in checks:
            steps += self._misconceptions(subject, backend)
            if backend == self._backends[0]:
                steps += self._mutants(subject)
        return steps

    def _right(self, backend: str) -> Iterator[_Step]:
        for style in self._subjects.styles:
            answered = self._subjects.answered_by(style)
            for trained in (True, False):
                chosen = [one for one in answered if one.trained == trained]
                if chosen:
                    work = partial(self._try_right, style, chosen, backend)
                    yield _Step(len(chosen), f"{style} on {backend}", work)

    def _try_right(
        self, style: str, subjects: Sequence[Subject], backend: str, parent: Parent
    ) -> None:
        program = self._subjects.styles[style]
        first = backend == self._backends[0]
        faults = failed(program, subjects, first, self._limits, parent)
        for subject in subjects:
            found = self._found[subject.check.name]
            found.right_answers += first
            if fault := faults.get(subject.check.name):
                found.failed.append(f"{style} on {backend}: {fault}")

    def _misconceptions(self, subject: Subject, backend: str) -> Iterator[_Step]:
        tries = [passing]
        if backend == self._backends[0]:
            # To train once is enough to know both.
            tries = [confused] if subject.trained else [passing, confused]
        for each in tries if subject.misconceptions else ():
            work = partial(self._try_misconceptions, subject, backend, each)
            label = f"misconceptions of {subject.check.name} on {backend}"
            yield _Step(len(subject.misconceptions), label, work)

    def _try_misconceptions(
        self,
        subject: Subject,
        backend: str,
        tried: Callable[[Subject, Limits, Parent], list[str]],
        parent: Parent,
    ) -> None:
        lines = tried(subject, self._limits, parent)
        found = self._found[subject.check.name]
        found.undistinguished += [f"{line} ({backend})" for line in lines]

    def _mutants(self, subject: Subject) -> Iterator[_Step]:
        for first in range(0, len(subject.mutants), BATCH):
            batch = subject.mutants[first : first + BATCH]
            work = partial(self._try_mutants, subject, batch)
            yield _Step(len(batch), f"mutants of {subject.check.name}", work)

    def _try_mutants(self, subject: Subject, batch: Sequence[Mutant], parent: Parent) -> None:
        started = time.monotonic()
        survived = survivors(subject, batch, self._limits, parent)
        found = self._found[subject.check.name]
        found.survivors += survived
        found.seconds += time.monotonic() - started

    def _proofs(self) -> Iterator[_Step]:
        """What is listed as equivalent, where it survived; each child has a share of the cases."""
        for subject in self._subjects.checks:
            listed = self._listed(subject)
            question = further(subject, self._assignment.name) if listed else subject.question
            for share in range(SHARES if listed else 0):
                some = replace(question, trials=question.trials[share::SHARES])
                work = partial(self._prove, subject, listed, some)
                yield _Step(0, f"equivalents of {subject.check.name}", work)

    def _listed(self, subject: Subject) -> list[Mutant]:
        """The survivors that may be equivalent."""
        survived = self._found[subject.check.name].survivors
        return [mutant for mutant in survived if mutant.change in subject.equivalent]

    def _prove(
        self, subject: Subject, listed: Sequence[Mutant], question: Question, parent: Parent
    ) -> None:
        programs = [provable(subject, subject.program(mutant)) for mutant in listed]
        answer = provable(subject, subject.answer)
        with Bench(parent, self._limits) as bench:
            agree = agreeing(question, bench, answer, programs)
        refuted = {one.change for one, same in zip(listed, agree, strict=True) if not same}
        self._found[subject.check.name].refuted |= refuted

    def audited(self) -> list[Audited]:
        """What was found, check by check."""
        return [self._audited(subject) for subject in self._subjects.checks]

    def _audited(self, subject: Subject) -> Audited:
        found, mutants = self._found[subject.check.name], len(subject.mutants)
        equivalent = [one for one in self._listed(subject) if one.change not in found.refuted]
        proved = equivalent[: int(AT_MOST * mutants)]
        left = [mutant for mutant in found.survivors if mutant not in proved]
        return Audited(
            self._assignment.name,
            subject.check.name,
            self._backends,
            mutants,
            mutants - len(found.survivors),
            len(proved),
            tuple(_described(mutant, subject) for mutant in left),
            len(subject.misconceptions),
            tuple(sorted(set(found.undistinguished))),
            found.right_answers,
            tuple(sorted(found.failed)),
            round(mutants * self._jobs / found.seconds, 1) if found.seconds else 0.0,
        )


def _described(mutant: Mutant, subject: Subject) -> str:
    listed = mutant.change in subject.equivalent
    note = "\n(listed as equivalent, but too many are, or it answers otherwise)" if listed else ""
    return f"{mutant}{note}"
