"""What misconceptions answer to hidden cases too, asked behind the wall when one is looked for.

An author's misconceptions run as a submission does: in a child of the warm parent, below the
solution's cells. One child stands for all of them, and what came is kept for the run, so that a
class pays once for a mistake that many make. Whatever goes wrong here explains nothing, and costs
nobody.
"""

import threading
from functools import cached_property, partial

from autograder.checks import Limits
from autograder.examining import Aid
from autograder.explaining import explaining, observe_in_full
from autograder.fingerprints import fingerprint
from autograder.misconceptions import in_place
from autograder.protocol import Value
from autograder.questions import Misconception, Question, Trial
from autograder.results import Lost
from autograder.sandbox import Child, Parent, SandboxError
from autograder.submission import Rebuilt


class Mistakes:
    """Answers of a run's misconceptions, for several threads at a time.

    Args:
        solution: the notebook with answers, rebuilt as a submission is; None where there is none.
    """

    def __init__(self, solution: Rebuilt | None, limits: Limits) -> None:
        self._solution = solution
        self._cells = solution.cells if solution else ()
        self._limits = limits
        self._turn = threading.Lock()
        self._known: dict[tuple[str, int, str], Value] = {}
        self._lost: set[tuple[str, str]] = set()
        self._parent: Parent | None = None
        self._child: Child | None = None
        self._granted = limits  # to the child; a check may say other ones
        self._aliases: dict[tuple[str, str], str] = {}

    @cached_property
    def fingerprint(self) -> str:
        """A hash of the code that misconceptions run below."""
        return fingerprint([cell.source for cell in self._cells])

    def explaining(self, parent: Parent) -> Aid:
        """An aid that says which misconception explains a wrong answer."""
        return explaining(partial(self.answered, parent))

    def answered(
        self, parent: Parent, question: Question, one: Misconception, trial: Trial
    ) -> Value:
        """What a misconception answers to a case; None where it answers nothing.

        Raises:
            SandboxError: our own failure; the next wrong answer may be luckier.
        """
        place = next((n for n, own in enumerate(question.trials) if own is trial), None)
        if place is None:
            return None
        key = (question.name, place, one.name)
        with self._turn:
            if key not in self._known:
                self._known[key] = self._ask(parent, question, one, trial)
            return self._known[key]

    def close(self) -> None:
        """End the child, if there is one; what is asked later has a new one."""
        with self._turn:
            self._drop_child()

    def _ask(self, parent: Parent, question: Question, one: Misconception, trial: Trial) -> Value:
        asked = (question.name, one.name)
        if asked in self._lost:  # one that hangs takes its time once
            return None
        try:
            child = self._prepared(parent, question.limits or self._limits)
            if child is None:
                return None
            alias = self._defined(child, question, one)
            seconds = question.seconds or self._limits.call_seconds
            return observe_in_full(
                question, trial, lambda asked: child.ask(asked | {"name": alias}, seconds)
            )
        except Lost:
            self._lost.add(asked)
            self._drop_child()
        except SandboxError:
            self._drop_child()
            raise
        return None

    def _prepared(self, parent: Parent, limits: Limits) -> Child | None:
        """A child of this parent in which the solution's cells have run, if they do run."""
        if self._child and self._parent is parent and self._granted == limits:
            return self._child
        self._drop_child()
        if self._solution is None:
            return None
        self._parent, self._granted = parent, limits
        self._child = parent.child(limits)
        try:
            for cell in self._solution.cells:
                source: dict[str, Value] = {"do": "cell", "source": cell.source}
                self._child.ask(source, self._limits.cell_seconds)
        except Lost:
            self._solution = None
            self._drop_child()
        return self._child

    def _defined(self, child: Child, question: Question, one: Misconception) -> str:
        """What the child calls a misconception."""
        asked = (question.name, one.name)
        if asked not in self._aliases:
            alias = f"_misconception_{len(self._aliases)}"
            source = in_place(one, question.defines, alias)
            child.ask({"do": "cell", "source": source}, self._limits.cell_seconds)
            self._aliases[asked] = alias
        return self._aliases[asked]

    def _drop_child(self) -> None:
        self._aliases.clear()
        if self._child is not None:
            self._child.close()
            self._child = None
