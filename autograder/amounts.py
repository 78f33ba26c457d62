"""How much a reference is called with, beside what it is known to cope with.

The time and memory that a reference takes depend on its inputs in a way that nobody states; what
stays near the inputs of its own cases takes about as much as those.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.protocol import Value
from autograder.questions import Question
from autograder.tolerance import arrays_of

TIMES = 16
"""What is computed on the way may be larger than what it is computed from, as patches are."""

FEW = 8
"""An array of so few integers may stand for sizes."""


@dataclass(frozen=True)
class Amount:
    """How much some inputs are.

    Args:
        number: the largest integer or length, which may be a size along several axes.
        size: of the largest array.
        product: of the sizes of all arrays.
    """

    number: int = 64
    size: int = 256
    product: int = 1 << 20

    def covers(self, other: "Amount") -> bool:
        """Whether another is no more than some times as much; numbers count along two axes."""
        return (
            other.number <= math.isqrt(TIMES) * self.number
            and other.size <= TIMES * self.size
            and other.product <= TIMES * self.product
        )

    def __or__(self, other: "Amount") -> "Amount":
        return Amount(
            max(self.number, other.number),
            max(self.size, other.size),
            max(self.product, other.product),
        )


def amount(inputs: Iterable[Value]) -> Amount:
    """How much inputs are."""
    inputs = list(inputs)
    sizes = [max(1, array.size) for array in arrays_of(inputs)]
    numbers = map(abs, _numbers(inputs))
    return Amount(max(numbers, default=0), max(sizes, default=0), math.prod(sizes))


def known(questions: Iterable[Question]) -> Amount:
    """The most that the cases of some questions are."""
    most = Amount()
    for question in questions:
        for trial in question.trials:
            most |= amount(trial.case.inputs.values())
    return most


def _numbers(value: Value) -> Iterator[int]:
    """Whatever may stand for a size."""
    if isinstance(value, Mapping):
        yield from _numbers(list(value.values()))
    elif isinstance(value, list | tuple):
        yield len(value)
        for item in value:
            yield from _numbers(item)
    elif isinstance(value, np.ndarray):
        yield from value.shape
        if value.size <= FEW and value.dtype.kind in "iu":
            yield from map(int, value.flat)
    elif isinstance(value, int):
        yield value
