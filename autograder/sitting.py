"""One submission with the children that run it.

A check that times out or crashes costs its own points only: a new child runs the cells again,
without those that hung or killed, and goes on with the next check.

A child that has seen a hidden case is asked no public one any more: what it says there is told word
for word, and could be the hidden case's inputs. That is why all public cases come first.

What is handed over goes to a second child, beside the first: it has run the same cells, as many as
are needed, and sees nothing but what is handed over and what to do with it.
"""

import time
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from autograder.checks import Limits
from autograder.examining import Aid, Examined
from autograder.kinds.naming import defines
from autograder.kinds.raised import raised
from autograder.oracle import Oracle, parameters
from autograder.protocol import Value
from autograder.putting import FRESH, HIDDEN
from autograder.questions import Question
from autograder.results import Lost, Verdict, VerdictKind
from autograder.retrial import SETTLED, better, stand_ins
from autograder.sandbox import Child, Parent, SandboxError
from autograder.shown import Shown
from autograder.submission import Cell, Rebuilt

WATCHED = 4
"""Code whose calls are watched may compute so many times as long; loops take 3.5 times."""


@dataclass(frozen=True)
class Failure:
    """How a cell ended that did not end well."""

    kind: VerdictKind
    message: str

    @property
    def shown(self) -> Value:
        """What stands below the cell, since it said nothing itself."""
        told = {"type": str(self.kind), "message": self.message, "traceback": self.message}
        return {"error": told}


@dataclass(frozen=True)
class Judged:
    """A verdict, and what it came from.

    Args:
        found: what was wrong; nothing where our own failure kept us from it.
        standing: what stood in for what the student has defined.
        oracle: answers in the place of those.
    """

    verdict: Verdict
    found: Examined | None
    standing: Mapping[str, Question]
    oracle: Oracle | None

    @property
    def called(self) -> Collection[str]:
        """The names of the stand-ins that were called."""
        return self.oracle.asked if self.oracle else ()


@dataclass
class Seat:
    """Where a child is that runs the cells, and after it the next one.

    Args:
        ran: how many cells it has run, or left out.
        knows: whether it has seen a hidden case.
    """

    child: Child | None = None
    ran: int = 0
    knows: bool = False

    def clear(self) -> None:
        """End the child, if there is one."""
        if self.child is not None:
            self.child.close()
        self.child, self.ran, self.knows = None, 0, False


class Sitting:
    """One submission with the children that run it."""

    def __init__(
        self, rebuilt: Rebuilt, limits: Limits, parent: Parent, aids: Sequence[Aid] = ()
    ) -> None:
        self.starved = False
        self._outputs = Shown()
        self._rebuilt = rebuilt
        self._limits = limits
        self._parent = parent
        self._aids = aids
        self._first = Seat()
        self._second = Seat()  # of who takes what is handed over
        self._standing: Mapping[str, Question] = {}
        self._granted = limits  # to each child; a check may say other ones
        self._failures: dict[tuple[Limits, int], Failure] = {}
        self._deadly: set[tuple[Limits, int]] = set()
        self._end = 0.0

    def __enter__(self) -> "Sitting":
        return self

    def __exit__(self, *_: object) -> None:
        self._clear()

    @property
    def outputs(self) -> Mapping[int, Mapping[str, Value]]:
        """What each cell put out, by its place in the notebook; see `Shown`."""
        return self._outputs.cells

    def answer(
        self,
        questions: Sequence[Question],
        stubs: Collection[str] = (),
        known: Mapping[str, Verdict] = MappingProxyType({}),
    ) -> list[Verdict]:
        """A verdict on every question; all are judged before any wrong answer is explained.

        Args:
            stubs: cells in which nothing has been written; what they define is judged once.
            known: verdicts that hold already, by question; those are not asked.
        """
        self._end = time.monotonic() + self._limits.submission_seconds
        named = {question.name: question for question in questions}
        asked = {name: question for name, question in named.items() if name not in known}
        begun = {name: self._begin(question, {}) for name, question in asked.items()}
        first = {name: self._finish(judged) for name, judged in begun.items()}
        verdicts = {name: first[name].verdict if name in first else known[name] for name in named}
        second: dict[str, Judged] = {}
        for name, question in asked.items():
            standing = stand_ins(question, named, verdicts)
            settled = verdicts[name].kind in SETTLED or not written(question, self._rebuilt, stubs)
            if standing and not settled:
                second[name] = self._finish(self._begin(question, standing))
                verdicts[name] = _counting(first[name], second[name])
        starved = self.starved  # what an explanation waits for costs nobody anything
        self._end = time.monotonic() + self._limits.submission_seconds
        for name in asked:
            verdicts[name] = self._told(verdicts[name], first[name], second.get(name))
        self.starved = starved
        return list(verdicts.values())

    def _told(self, verdict: Verdict, first: Judged, second: Judged | None) -> Verdict:
        """The verdict that counts, explained."""
        if second is None or verdict is first.verdict:
            return self._explained(first).verdict
        return _counting(first, self._explained(second))

    def _begin(self, question: Question, standing: Mapping[str, Question]) -> Judged:
        """Put the public cases; where right functions stand in, in a child of its own."""
        oracle = Oracle(standing, question) if standing else None
        blank = Verdict(question.name, VerdictKind.UNGRADED, 0.0, question.points)
        return self._asked(Judged(blank, Examined(question), standing, oracle), public=True)

    def _finish(self, judged: Judged) -> Judged:
        """Put the hidden cases too, and say which cell is to blame for what is not there."""
        judged = self._asked(judged, public=False) if judged.found else judged
        if judged.found is None:
            return judged
        return replace(judged, verdict=self._located(judged.verdict, judged.found.question))

    def _asked(self, judged: Judged, public: bool) -> Judged:
        verdict, found = judged.verdict, judged.found
        assert found is not None
        started = time.monotonic()
        try:
            self._let(found.question, judged.standing)
            self._ready(self._first, len(self._rebuilt.cells))
            started = time.monotonic()
            found = found.asked(self._putting(found.question, judged.oracle), public)
            verdict = replace(found.verdict, seconds=verdict.seconds)
        except SandboxError as error:
            message = f"not the submission's fault: {error}"
            blank = Verdict(verdict.check, VerdictKind.UNGRADED, 0.0, verdict.max_score, message)
            verdict, found = replace(blank, seconds=verdict.seconds), None
        seconds = verdict.seconds + time.monotonic() - started
        return replace(judged, verdict=replace(verdict, seconds=seconds), found=found)

    def _explained(self, judged: Judged) -> Judged:
        """More said of what is wrong, in a child in which the same stands in for the same."""
        if not (self._aids and judged.found and judged.found.faults):
            return judged
        question = judged.found.question
        oracle = Oracle(judged.standing, question) if judged.standing else None
        try:
            self._let(question, judged.standing)
            found = judged.found.explained(self._putting(question, oracle), self._aids)
        except (Lost, SandboxError):
            return judged
        verdict = replace(self._located(found.verdict, question), seconds=judged.verdict.seconds)
        return replace(judged, verdict=verdict)

    def _putting(
        self, question: Question, oracle: Oracle | None
    ) -> Callable[[dict[str, Value]], Value]:
        """How a question's requests are put: each to a child in which the cells have run."""
        names = {name: parameters(one) for name, one in self._standing.items()}

        def put(request: dict[str, Value]) -> Value:
            seat = self._second if FRESH in request else self._first
            hidden = HIDDEN in request
            if seat.knows and not hidden:
                seat.clear()
            cells = len(self._rebuilt.cells)
            self._ready(seat, cells if request.get(FRESH, True) else self._naming(question))
            seat.knows = hidden
            request = {key: one for key, one in request.items() if key not in (FRESH, HIDDEN)}
            seconds = question.seconds or self._limits.call_seconds
            seconds *= WATCHED if question.forbidden else 1
            if oracle is None:
                return self._ask(seat, request, seconds)
            oracle.begin(seconds)
            return self._ask(seat, {**request, "stand_ins": names}, seconds, oracle)

        return put

    def _let(self, question: Question, standing: Mapping[str, Question]) -> None:
        """Let these stand in for what the student has defined, within the question's limits.

        A child that has others is of no use.
        """
        granted = question.limits or self._limits
        if standing.keys() != self._standing.keys() or granted != self._granted:
            self._clear()
            self._standing, self._granted = standing, granted

    def _ask(
        self, seat: Seat, request: dict[str, Value], seconds: float, reply: Oracle | None = None
    ) -> Value:
        if time.monotonic() > self._end:
            total = f"{self._limits.submission_seconds:g} s"
            self.starved = True
            raise Lost(VerdictKind.TIMEOUT, f"came after the notebook's {total} were used up")
        assert seat.child is not None
        try:
            return seat.child.ask(request, seconds, reply)
        except (Lost, SandboxError) as error:
            self.starved |= isinstance(error, Lost) and error.starved
            seat.clear()
            raise

    def _clear(self) -> None:
        self._first.clear()
        self._second.clear()

    def _naming(self, question: Question) -> int:
        """How many cells there are up to the last that names what a question asks for."""
        sources = [cell.source for cell in self._rebuilt.cells]
        named = (n for n, source in enumerate(sources, 1) if question.defines in source)
        return max(named, default=len(sources))

    def _ready(self, seat: Seat, cells: int) -> None:
        """Have a child in which the first cells have run; what kills it is left out for good."""
        if seat.knows and seat.ran < cells:
            seat.clear()  # what is put out by a cell is told
        while seat.child is None or seat.ran < cells:
            if seat.child is None:
                seat.child = self._parent.child(self._granted)
            for cell in self._rebuilt.cells[seat.ran : cells]:
                if (self._granted, cell.index) not in self._deadly and not self._run(seat, cell):
                    break  # the child is gone: start again with a new one
                seat.ran += 1

    def _run(self, seat: Seat, cell: Cell) -> bool:
        """Run one cell; whether the child outlived it."""
        try:
            request: dict[str, Value] = {"do": "cell", "source": cell.source}
            output = self._ask(seat, request, self._limits.cell_seconds)
        except Lost as lost:
            self._deadly.add((self._granted, cell.index))
            failure = Failure(lost.kind, f"the cell {lost}")
            self._failures[self._granted, cell.index] = failure
            self._outputs.keep(cell.index, failure.shown)
            return False
        self._outputs.keep(cell.index, output)
        error = output.get("error") if isinstance(output, dict) else None
        if isinstance(error, dict) and not cell.ours:
            failure = _failed(error, self._granted)
            self._failures.setdefault((self._granted, cell.index), failure)
        return True

    def _located(self, verdict: Verdict, question: Question) -> Verdict:
        """Where nothing was defined because its cell failed, say so."""
        if verdict.kind is not VerdictKind.NOT_ATTEMPTED:
            return verdict
        for cell in reversed(self._rebuilt.cells):
            failure = self._failures.get((self._granted, cell.index))
            if failure and self._is_about(cell, question):
                return verdict.explained(failure.kind, failure.message)
        return verdict

    def _is_about(self, cell: Cell, question: Question) -> bool:
        if cell.grade_id in self._rebuilt.solutions.get(question.name, ()):
            return True
        return defines(cell.source, question.defines)


def written(question: Question, rebuilt: Rebuilt, stubs: Collection[str]) -> bool:
    """Whether some cell that is no stub may define what a question asks for."""
    sources = (cell.source for cell in rebuilt.cells if cell.source not in stubs)
    return any(question.defines in source for source in sources)


def _counting(first: Judged, second: Judged) -> Verdict:
    return better(first.verdict, second.verdict, second.called)


def _failed(error: Value, limits: Limits) -> Failure:
    kind, what = raised(error, limits)
    return Failure(kind, f"the cell: {what}")
