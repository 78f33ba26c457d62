"""Which mutants of an answer survive its check."""

import time
from collections.abc import Sequence

from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.bench import PATIENT, Bench
from autograder.authoring.audit.mutating import Mutant
from autograder.authoring.audit.subjects import Sieve, Subject
from autograder.checks import Limits
from autograder.sandbox import Parent

SLOWEST, MOST_SECONDS, LEAST = 20.0, 10.0, 3.0
"""A mutant may take twenty times as long as the answer, or ten seconds, whichever is less, but
never under three times as long."""


def survivors(
    subject: Subject, mutants: Sequence[Mutant], limits: Limits, parent: Parent
) -> list[Mutant]:
    """The mutants that pass in some course."""
    left = list(mutants)
    for sieve in subject.sieves:
        if left:
            with Bench(parent, limits) as bench:
                left = _Trier(subject, sieve, bench).survivors(left)
    return left


def allowed(seconds: float) -> float:
    """What a mutant may take where the answer takes so long."""
    return max(min(SLOWEST * seconds, MOST_SECONDS), LEAST * seconds)


class _Trier:
    """Tries mutants one after another in one child, and alone where that makes a difference."""

    def __init__(self, subject: Subject, sieve: Sieve, bench: Bench) -> None:
        self._subject = subject
        self._sieve = sieve
        self._bench = bench

    def survivors(self, mutants: Sequence[Mutant]) -> list[Mutant]:
        started = time.monotonic()
        if fault := self._fault():
            name = self._subject.check.name
            raise AuditError(f"the notebook's own answer to {name} does not pass: {fault}; mend it")
        seconds = allowed(time.monotonic() - started)
        left = [mutant for mutant in mutants if self._survives(mutant, seconds)]
        if self._fault():
            # One of them has left something behind that makes even the right answer fail.
            left = [mutant for mutant in mutants if self._survives_alone(mutant, seconds)]
        return left

    def _fault(self) -> str:
        """What is wrong with the right answer."""
        unfit = self._bench.load(self._subject.answer, PATIENT)
        return unfit or self._sieve.fault(self._bench.putting())

    def _survives_alone(self, mutant: Mutant, seconds: float) -> bool:
        self._bench.renew()
        return self._survives(mutant, seconds)

    def _survives(self, mutant: Mutant, seconds: float) -> bool:
        survived = self._passes(mutant, seconds)
        if self._bench.starved:  # the machine was too busy: another time it may fare better
            survived = self._passes(mutant, seconds)
        return survived

    def _passes(self, mutant: Mutant, seconds: float) -> bool:
        if self._bench.load(self._subject.program(mutant), seconds):
            return False
        return self._sieve.passes(self._bench.putting())
