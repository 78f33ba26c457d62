"""Which mutants of an answer survive its check."""

import time
from collections.abc import Sequence

from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.bench import PATIENT, Bench, Program, first_fault
from autograder.authoring.audit.mutating import Mutant
from autograder.authoring.audit.subjects import Subject
from autograder.checks import Limits
from autograder.questions import Question, Trial
from autograder.sandbox import Parent

SLOWEST, MOST_SECONDS, LEAST = 20.0, 10.0, 3.0
"""A mutant may take twenty times as long as the answer, or ten seconds, whichever is less, but
never under three times as long."""


def survivors(subject: Subject, mutants: Sequence[Mutant], parent: Parent) -> list[Mutant]:
    """The mutants that nothing tells from the answer."""
    survived = _survivors(
        subject, mutants, parent, subject.shortened() if subject.trained else None
    )
    if subject.trained and survived:
        survived = _survivors(subject, survived, parent)
    return survived


def _survivors(
    subject: Subject, mutants: Sequence[Mutant], parent: Parent, shortened: Question | None = None
) -> list[Mutant]:
    question = shortened or subject.question
    trials = shortened.trials if shortened else subject.trials
    with Bench(parent, Limits()) as bench:
        seconds = allowed(_timed(subject, question, trials, bench))
        faults = [_fault(subject, one, question, trials, bench, seconds) for one in mutants]
        if _wrong(subject.answer, question, trials, bench, PATIENT):
            # One of them has left something behind: each in a child of its own.
            faults = []
            for one in mutants:
                bench.renew()
                faults.append(_fault(subject, one, question, trials, bench, seconds))
    return [mutant for mutant, fault in zip(mutants, faults, strict=True) if not fault]


def allowed(seconds: float) -> float:
    """What a mutant may take where the answer takes so long."""
    return max(min(SLOWEST * seconds, MOST_SECONDS), LEAST * seconds)


def _timed(subject: Subject, question: Question, trials: Sequence[Trial], bench: Bench) -> float:
    """How long the answer takes, from a new child on."""
    started = time.monotonic()
    if fault := _wrong(subject.answer, question, trials, bench, PATIENT):
        name = subject.check.name
        raise AuditError(f"the notebook's own answer to {name} does not pass: {fault}; mend it")
    return time.monotonic() - started


def _fault(
    subject: Subject,
    mutant: Mutant,
    question: Question,
    trials: Sequence[Trial],
    bench: Bench,
    seconds: float,
) -> str:
    program = subject.program(mutant)
    fault = _wrong(program, question, trials, bench, seconds)
    if bench.starved:  # the machine was too busy: alone it may fare better
        fault = _wrong(program, question, trials, bench, seconds)
    return fault


def _wrong(
    program: Program, question: Question, trials: Sequence[Trial], bench: Bench, seconds: float
) -> str:
    return bench.load(program, seconds) or first_fault(question, trials, bench.putting())
