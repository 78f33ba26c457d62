"""A smaller input on which a function is wrong too, found by Hypothesis's shrinking.

The author's generator draws from choices that Hypothesis makes simpler and simpler, in the place of
a seed's bits: nothing here derives from the course's secret. Functions alone are asked that often;
layers, models and training cost too much.
"""

import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import replace
from math import ceil, floor
from random import Random
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check, Draw
from autograder.kinds import KINDS
from autograder.kinds.finding import Finding
from autograder.kinds.repetition import unlike
from autograder.protocol import Value
from autograder.putting import Put, observe
from autograder.questions import Question, Trial
from autograder.results import VerdictKind
from autograder.terms import with_terms

if TYPE_CHECKING:
    from hypothesis import settings
    from hypothesis.internal.conjecture.engine import ConjectureRunner

CALLS = 150
"""How often a wrong function is called at most, to find a smaller input."""

SECONDS = 2.0
"""How long the search may compute, and how long it may wait for answers. Where that is too short
nothing is told of it: what is told must not depend on how busy the machine is."""

NAME = "smallest failing input found"

DIGIT = 100
"""Hypothesis draws numbers from here on out of other modules' constants, too."""


class Enough(Exception):
    """There is nothing smaller, or there were as many calls as there may be."""


def shrink(question: Question, put: Put, faults: Mapping[str, Finding]) -> Mapping[str, Finding]:
    """An aid: where a function's answer to a public case is wrong, tell of a smaller such case."""
    try:
        return {part: _smaller(question, put, fault) or fault for part, fault in faults.items()}
    except Exception:  # whatever happens to an aid, what was found stays as it is
        return faults


def _smaller(question: Question, put: Put, fault: Finding) -> Finding | None:
    check, trial = question.check, fault.trial
    if question.kind != "function" or check is None or check.draw is None or trial is None:
        return None
    if fault.kind is not VerdictKind.FAILED or not (trial.case.public and fault.difference):
        return None
    found = Search(question, check, check.draw, trial.case, put).run()
    if not found:
        return None
    # What all wrong elements have in common is seen on the larger input, and why on the smaller.
    message = f"{found.message}\n{fault.message}"
    return replace(fault, message=message, difference=found.difference)


class Search:
    """The search for a smaller case than one, on which a question's answers are wrong, too."""

    def __init__(
        self,
        question: Question,
        check: Check,
        draw: Callable[[Draw], Mapping[str, Value]],
        case: Case,
        put: Put,
    ) -> None:
        self._question = question
        self._check = check
        self._draw = draw
        self._case = case
        self._put = put
        self._end = 0.0
        self._waited = 0.0
        self._first = True
        self._calls = 0
        self._best: Finding | None = None
        self._size = case.size

    def run(self) -> Finding | None:
        """The smallest that was found, if it is wrong each time.

        Raises:
            Exception: it takes too long, or the process is lost.
        """
        runner = _runner(self._try)
        self._end = time.thread_time() + SECONDS
        with suppress(Enough):
            runner.run()
        if self._best is None or self._best.trial is None:
            return None
        again = self._judged(with_terms(self._check, self._best.trial), again=True)
        return again if again and not unlike(self._best.answer, again.answer, [""]) else None

    def _try(self, data: Any) -> None:
        """Judge what the author's generator draws from Hypothesis's choices."""
        case = self._drawn(data.draw_integer)
        first, self._first = self._first, False
        if time.thread_time() > self._end or self._waited > SECONDS:
            raise TimeoutError
        if case is None:
            data.mark_invalid()
        elif case.size >= self._case.size:
            if first:  # Hypothesis begins with the simplest of all
                raise Enough
        elif finding := self._called(case):
            if case.size < self._size:
                self._best, self._size = finding, case.size
            data.mark_interesting(NAME)

    def _drawn(self, choose: Callable[..., int]) -> Case | None:
        try:
            inputs = dict(self._draw(Choices(choose)))
        except Exception:  # not every choice need be one that the author thought of
            return None
        return Case(NAME, inputs, layout=self._case.layout)

    def _called(self, case: Case) -> Finding | None:
        try:
            with np.errstate(all="ignore"):
                trial = next(iter(KINDS[self._question.kind].trials(self._check, [case])))
        except Exception:  # what the author wrote need not have an answer to it
            return None
        if self._calls == CALLS:
            raise Enough
        self._calls += 1
        return self._judged(trial)

    def _judged(self, trial: Trial, again: bool = False) -> Finding | None:
        """What is wrong with the values that come; whatever else may be wrong is another matter."""
        started = time.monotonic()
        answer = observe(self._question, trial, [""], self._put, again)
        self._waited += time.monotonic() - started
        finding = KINDS[self._question.kind].judge(self._question, trial, [""], answer).get("")
        if finding is None or finding.kind is not VerdictKind.FAILED or not finding.difference:
            return None
        return replace(finding, trial=trial, answer=answer)


def _runner(test: Callable[[Any], None]) -> "ConjectureRunner":
    """Hypothesis's engine without what `given` adds: that seeds the process's random state and
    moves its recursion limit, and several submissions are graded at once."""
    from hypothesis.internal.conjecture.engine import ConjectureRunner

    return ConjectureRunner(test, settings=searching(CALLS), random=Random(0))


def searching(examples: int) -> "settings":
    """How Hypothesis looks for one fault: it says, keeps and times nothing."""
    from hypothesis import HealthCheck, Phase, Verbosity, settings

    return settings(
        max_examples=examples,
        database=None,
        deadline=None,
        phases=(Phase.generate, Phase.shrink),
        suppress_health_check=list(HealthCheck),
        report_multiple_bugs=False,
        verbosity=Verbosity.quiet,
    )


class Choices(Draw):
    """Inputs made from choices, of which small numbers are the simplest."""

    def __init__(self, choose: Callable[..., int]) -> None:
        super().__init__(b"", exact=True)
        self._choose = choose

    def integer(self, low: int, high: int) -> int:
        simplest = min(max(0, low), high)
        if low > -DIGIT and high < DIGIT:
            return self._choose(low, high, shrink_towards=simplest)
        if low < simplest and (simplest == high or self._choose(0, 1)):
            return simplest - self._up_to(simplest - low)
        return simplest + self._up_to(high - simplest)

    def _up_to(self, most: int) -> int:
        if most < DIGIT:
            return self._choose(0, most)
        return min(most, DIGIT * self._up_to(most // DIGIT) + self._choose(0, DIGIT - 1))

    def permutation(self, count: int) -> NDArray[np.int64]:
        left = list(range(count))
        return np.array([left.pop(self.integer(0, len(left) - 1)) for _ in range(count)], np.int64)

    def integers(self, *shape: int, low: int = -4, high: int = 4) -> NDArray[np.float32]:
        count = int(np.prod(shape, dtype=int))
        return np.array([self.integer(low, high) for _ in range(count)], np.float32).reshape(shape)

    def reals(self, *shape: int, low: float = -4, high: float = 4) -> NDArray[np.float32]:
        """Whole numbers, where there are any between the two."""
        if ceil(low) > floor(high):
            return np.full(shape, (low + high) / 2, np.float32)
        return self.integers(*shape, low=ceil(low), high=floor(high))
