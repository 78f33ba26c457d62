"""A `Question` is a check whose cases are drawn and answered: all that judging needs.

The public part of it travels to students as data (`autograder.bundle`); the hidden part exists
only while an instructor grades.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.checks import Case, Check, Limits
from autograder.protocol import Value
from autograder.tolerance import Expected


@dataclass(frozen=True)
class Trial:
    """One case and the right answers to it.

    Args:
        expected: by what is observed. A part's observation has its name, or begins with it and a
            colon; a function's has none.
    """

    case: Case
    expected: Mapping[str, Expected]

    def asks(self, part: str) -> bool:
        """Whether this case tests a part."""
        return any(name.partition(":")[0] == part for name in self.expected)


@dataclass(frozen=True)
class Misconception:
    """A named wrong variant of an answer: it explains wrong answers that equal its own.

    Args:
        name: what is wrong, in a few words.
        hint: what to look at.
        source: code that makes the mistake, in the place of the answer; students have none.
        answers: what the worker answers to each public trial's request, in their order, where
            that travels as data.
        made_from: a digest of all code that the answers came from.
    """

    name: str
    hint: str
    source: str = field(default="", compare=False)
    answers: tuple[Value, ...] = ()
    made_from: str = ""


@dataclass(frozen=True)
class Question:
    """What one check asks, with answers.

    Args:
        parts: the points of each part; of the whole under "".
        arithmetic: what answers are computed with, a key of `autograder.tolerance.ARITHMETICS`; the
            judge knows its device, and no answer is asked.
        limits: what answering may use; None where nothing bounds it, as at a student's.
        check: what the author wrote, reference and all; students have none.
    """

    name: str
    parts: Mapping[str, float]
    defines: str
    trials: tuple[Trial, ...]
    hint: str = ""
    picture: bool = False
    kind: str = "function"
    weights: tuple[str, ...] = ()
    thresholds: Mapping[str, float] = field(default_factory=dict)
    seconds: float = 0.0
    credit: str = "all"
    builds_on: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    misconceptions: tuple[Misconception, ...] = field(default=(), compare=False)
    arithmetic: str = "float32"
    limits: Limits | None = None
    check: Check | None = field(default=None, compare=False)

    @property
    def points(self) -> float:
        """What it is worth in all."""
        return sum(self.parts.values())
