"""What misconceptions answer to hidden cases too, asked behind the wall when one is looked for.

An author's misconception runs as a submission does: in a child of the warm parent, with the
solution's cells, in the place of the answer. What came is kept for the run, so that a class pays
once for a mistake that many make. Whatever goes wrong here explains nothing, and costs nobody.
"""

import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import partial

from autograder.checks import Limits
from autograder.examining import Aid, request
from autograder.explaining import explaining
from autograder.misconceptions import in_place
from autograder.protocol import Value
from autograder.questions import Misconception, Question, Trial
from autograder.results import Lost
from autograder.sandbox import Child, Parent
from autograder.submission import Rebuilt

SECONDS = 60.0
"""How long all misconceptions of a check may take, for one case of a layer, model or training, or
for all cases of a function."""

Answers = dict[int, Mapping[str, Value]]
"""By the number of a case: what each misconception answers to it, by its name."""


class Mistakes:
    """Answers of a run's misconceptions, for several threads at a time.

    Args:
        solution: the notebook with answers, rebuilt as a submission is; None where there is none.
    """

    def __init__(self, solution: Rebuilt | None, limits: Limits) -> None:
        self._solution = solution
        self._limits = limits
        self._known: dict[str, Answers] = defaultdict(dict)
        self._locks: dict[str, threading.Lock] = {}

    def explaining(self, parent: Parent) -> Aid:
        """An aid that says which misconception explains a wrong answer."""
        return explaining(partial(self.answered, parent))

    def answered(
        self, parent: Parent, question: Question, one: Misconception, trial: Trial
    ) -> Value:
        """What a misconception answers to a case; None where it answers nothing.

        Raises:
            SandboxError: our own failure.
        """
        numbers = [n for n, own in enumerate(question.trials) if own is trial]
        if self._solution is None or not numbers:
            return None
        with self._locks.setdefault(question.name, threading.Lock()):
            known = self._known[question.name]
            if numbers[0] not in known:
                # A call of a function costs little beside a child; of a layer, much more.
                several = range(len(question.trials)) if question.kind == "function" else numbers
                known |= _asked(parent, self._solution, self._limits, question, several)
        return known[numbers[0]].get(one.name)


def _asked(
    parent: Parent, solution: Rebuilt, limits: Limits, question: Question, numbers: Sequence[int]
) -> Answers:
    """What each misconception answers to some cases; one that is lost takes no other with it.

    Raises:
        SandboxError: our own failure; the next wrong answer may be luckier.
    """
    found: dict[int, dict[str, Value]] = {number: {} for number in numbers}
    waiting = list(question.misconceptions)
    end = time.monotonic() + SECONDS
    while waiting and time.monotonic() < end:
        with parent.child(limits) as child:
            if not _prepared(child, solution, limits):
                break
            with suppress(Lost):
                while waiting and time.monotonic() < end:
                    one = waiting.pop(0)
                    for number, answer in _answers(child, limits, question, one, numbers):
                        found[number][one.name] = answer
    return dict(found)


def _prepared(child: Child, solution: Rebuilt, limits: Limits) -> bool:
    try:
        for cell in solution.cells:
            child.ask({"do": "cell", "source": cell.source}, limits.cell_seconds)
    except Lost:
        return False
    return True


def _answers(
    child: Child, limits: Limits, question: Question, one: Misconception, numbers: Sequence[int]
) -> Iterator[tuple[int, Value]]:
    cell = {"do": "cell", "source": in_place(one, question.defines)}
    child.ask(cell, limits.cell_seconds)
    for number in numbers:
        trial = question.trials[number]
        parts = [part for part in question.parts if trial.asks(part)]
        seconds = question.seconds or limits.call_seconds
        yield number, child.ask(request(question, trial, parts), seconds)
