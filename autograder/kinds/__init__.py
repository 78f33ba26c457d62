"""The kinds of exercise, judge's half: what each asks of the worker, and how it judges the answer.

A kind is a row here, a file of the same name in `autograder.worker.calls`, and a module with what
`Kind` names.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from autograder.checks import Case, Check
from autograder.kinds import function, layer, model, trained
from autograder.kinds.finding import Finding
from autograder.kinds.handover import Handover
from autograder.protocol import Value
from autograder.questions import Question, Trial

__all__ = ["KINDS", "Kind"]


class Kind(Protocol):
    """The judge's half of a kind of exercise: a module with these names."""

    @property
    def CASES(self) -> tuple[int, int]:  # noqa: N802
        """How many public and hidden cases are drawn where the check does not say."""

    @property
    def PARTS(self) -> Sequence[str]:  # noqa: N802
        """What its parts are called; none where the author names them."""

    @property
    def NEEDS(self) -> Mapping[str, str]:  # noqa: N802
        """Which part earns its points only where another one is right."""

    @property
    def HINTLESS(self) -> Sequence[str]:  # noqa: N802
        """The parts whose findings say all, so that the check's hint would lead astray."""

    @property
    def REPEATS(self) -> bool:  # noqa: N802
        """Whether a wrong answer is asked for again, to see if it is always the same."""

    @property
    def HANDOVER(self) -> Handover | None:  # noqa: N802
        """What one process hands over to another, if any does."""

    def trials(self, check: Check, cases: Sequence[Case], /) -> Iterable[Trial]:
        """The cases with the right answers to them."""

    def request(
        self, question: Question, trial: Trial, parts: Sequence[str], /
    ) -> dict[str, Value]:
        """What the worker is asked, so that some parts can be judged."""

    def judge(
        self, question: Question, trial: Trial, parts: Sequence[str], answer: Value, /
    ) -> dict[str, Finding]:
        """What is wrong with each of these parts, where anything is."""


KINDS: dict[str, Kind] = {
    "function": function,
    "layer": layer,
    "model": model,
    "trained": trained,
}
