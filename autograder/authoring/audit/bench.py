"""Where an audit runs its programs: many in one child, each within a time of its own."""

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Any

import numpy as np

from autograder.checks import Limits
from autograder.complaints import describe, show
from autograder.kinds import KINDS
from autograder.likeness import apart, observation
from autograder.protocol import Value, encode
from autograder.putting import Put, observe
from autograder.questions import Question, Trial
from autograder.results import Lost, VerdictKind
from autograder.sandbox import Child, Parent

ROUNDING = 1e-5
"""How far two answers in float32 that mean the same may lie apart, relative to the largest."""

SHORT: Any = {"threshold": 24, "edgeitems": 2, "separator": ", ", "formatter": {"all": show}}
"""How an input is shown to an author."""

PATIENT = 3600.0
"""Seconds for what is known to end."""


@dataclass(frozen=True)
class Program:
    """Code that defines an answer.

    Args:
        label: what an author calls it.
        before: the definitions that it needs.
        defines: what it is to define, which nothing before may leave behind.
    """

    label: str
    source: str
    before: str = ""
    defines: str = ""

    def cell(self) -> str:
        forgotten = f"globals().pop({self.defines!r}, None)\n\n" if self.defines else ""
        return f"{forgotten}{self.before}\n\n\n{self.source}\n"


class Bench:
    """Runs one program after another in a child, and has a new child where that one is lost."""

    def __init__(self, parent: Parent, limits: Limits) -> None:
        self._parent = parent
        # A child runs many programs: only their own times count.
        self._limits = replace(limits, submission_seconds=3600.0)
        self._child: Child | None = None
        self._program = Program("nothing", "")
        self._seconds = 0.0
        self.starved = False
        self.used = 0.0

    def __enter__(self) -> "Bench":
        return self

    def __exit__(self, *_: object) -> None:
        self.renew()

    def renew(self) -> None:
        """Let the next program have a child of its own."""
        if self._child is not None:
            self._child.close()
            self._child = None

    def load(self, program: Program, seconds: float) -> str:
        """Run a program; what is wrong with it, or nothing.

        Args:
            seconds: for the program and all that it is asked, together.
        """
        self._program, self._seconds = program, seconds
        self.used, self.starved = 0.0, False
        try:
            return self._run()
        except Lost as lost:
            return str(lost)

    def putting(self, known: dict[bytes, Value] | None = None) -> Put:
        """How requests are put to the program; where its child is lost, it runs again first.

        Args:
            known: answers of the same program, by request, to which new ones are added.
        """

        def put(asked: dict[str, Value]) -> Value:
            if known is None:
                return self._put(asked)
            key = sha256(encode(asked)).digest()
            if key not in known:
                known[key] = self._put(asked)
            return known[key]

        return put

    def _put(self, asked: dict[str, Value]) -> Value:
        if self._child is None:
            self._run()
        return self._ask(asked)

    def _run(self) -> str:
        output = self._ask({"do": "cell", "source": self._program.cell()})
        error = output.get("error") if isinstance(output, dict) else None
        return f"raised {error.get('type')}" if isinstance(error, dict) else ""

    def _ask(self, asked: dict[str, Value]) -> Value:
        left = self._seconds - self.used
        if left <= 0:
            raise Lost(VerdictKind.TIMEOUT, f"did not finish within {self._seconds:g} s")
        if self._child is None:
            self._child = self._parent.child(self._limits)
        started = time.monotonic()
        try:
            return self._child.ask(asked, left)
        except Lost as lost:
            self.starved |= lost.starved
            self.renew()
            raise
        finally:
            self.used += time.monotonic() - started


def first_fault(question: Question, trials: Sequence[Trial], put: Put) -> str:
    """What is wrong with the first wrong answer, or nothing: the rest is not asked.

    An author may see all of a hidden case.
    """
    kind = KINDS[question.kind]
    for trial in trials:
        parts = [part for part in question.parts if trial.asks(part)]
        try:
            answer = observe(question, trial, parts, put)
        except Lost as lost:
            return str(lost.kind)
        shown = replace(trial, case=replace(trial.case, public=True))
        if faults := kind.judge(question, shown, parts, answer):
            fault = next(iter(faults.values()))
            return "; ".join((fault.message, *_shown(trial.case.inputs)))
    return ""


def _shown(inputs: Mapping[str, Value]) -> Iterator[str]:
    """What a call was given that is too large to stand in it, short."""
    for name, value in inputs.items():
        if isinstance(value, np.ndarray):
            text = np.array2string(value, **SHORT)
            yield f"{name} of shape {value.shape} is {' '.join(text.split())}"
        elif isinstance(value, list | dict):
            yield f"{name} is {describe(value)}"


def answers(question: Question, trials: Sequence[Trial], put: Put) -> list[Value]:
    """What comes of every case; of one that kills, what killed."""
    came: list[Value] = []
    for trial in trials:
        parts = [part for part in question.parts if trial.asks(part)]
        try:
            came.append(observe(question, trial, parts, put))
        except Lost as lost:
            came.append({"outcome": str(lost.kind)})
    return came


def alike(first: Value, second: Value, parts: Iterable[str]) -> bool:
    """Whether two answers to the same request agree, whatever the types of their numbers."""
    pairs = ((observation(first, part), observation(second, part)) for part in parts)
    return all(
        one.get("outcome") == other.get("outcome")
        and apart(one.get("value"), other.get("value")) <= ROUNDING
        for one, other in pairs
    )
