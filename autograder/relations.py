"""How wrong values relate to the right ones, in words, where one relation holds for all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from autograder.complaints import show
from autograder.places import Axis, Mask

Numbers = NDArray[np.float64]

FEW = 3
"""How many elements must agree before a sum, a factor or a shift is more than chance."""

ROUNDING = 1e-6
"""Of a sum or a factor, which is itself taken from rounded values."""


@dataclass(frozen=True)
class Sides:
    """An answer beside the right one, of the same shape."""

    observed: Numbers
    value: Numbers
    allowed: Numbers
    wrong: Mask
    axes: Sequence[Axis]

    @property
    def theirs(self) -> Numbers:
        """The wrong elements."""
        return self.observed[self.wrong]

    @property
    def right(self) -> Numbers:
        """What the wrong elements should be."""
        return self.value[self.wrong]


def relation(sides: Sides) -> str:
    """What all wrong elements have in common, or ""."""
    if np.count_nonzero(sides.wrong) < 2:
        return ""
    with np.errstate(all="ignore"):
        return next((words for find in RELATIONS if (words := find(sides))), "")


def _not_numbers(sides: Sides) -> str:
    return "all of these are nan" if np.isnan(sides.theirs).all() else ""


def _infinite(sides: Sides) -> str:
    return "all of these are infinite" if np.isinf(sides.theirs).all() else ""


def _zero(sides: Sides) -> str:
    return "" if sides.theirs.any() else "all of these are 0"


def _negated(sides: Sides) -> str:
    near = np.abs(sides.theirs + sides.right) <= sides.allowed[sides.wrong]
    return "the sign is reversed" if near.all() else ""


def _exchanged(sides: Sides) -> str:
    for one, other in combinations(range(sides.value.ndim), 2):
        if sides.value.shape[one] == sides.value.shape[other]:
            swapped = sides.observed.swapaxes(one, other)
            if (np.abs(swapped - sides.value) <= sides.allowed).all():
                return f"the values are right, but axes {one} and {other} are exchanged"
    return ""


def _shifted(sides: Sides) -> str:
    for number, axis in enumerate(sides.axes):
        one = f"one {axis.noun}{axis.of}"
        if _agree(sides, number, slice(1, None), slice(None, -1)):
            return f"each value stands {one} later than it should"
        if _agree(sides, number, slice(None, -1), slice(1, None)):
            return f"each value stands {one} earlier than it should"
    return ""


def _agree(sides: Sides, axis: int, theirs: slice, right: slice) -> bool:
    """Whether one part of the answer is another part of the right one."""
    before = (slice(None),) * axis
    if np.count_nonzero(sides.wrong[(*before, theirs)]) < FEW:
        return False
    apart = np.abs(sides.observed[(*before, theirs)] - sides.value[(*before, right)])
    return bool((apart <= sides.allowed[(*before, right)]).all())


def _off_by_a_constant(sides: Sides) -> str:
    theirs, right = sides.theirs, sides.right
    constant = float(np.median(theirs - right))
    slack = 2 * sides.allowed[sides.wrong] + ROUNDING * np.maximum(np.abs(theirs), np.abs(right))
    near = np.abs(theirs - right - constant) <= slack
    if len(right) < FEW or not near.all() or not (abs(constant) > 10 * slack).all():
        return ""
    return f"each of these is {show(abs(constant))} too {'large' if constant > 0 else 'small'}"


def _off_by_a_factor(sides: Sides) -> str:
    theirs, right, allowed = sides.theirs, sides.right, sides.allowed[sides.wrong]
    largest = np.argmax(np.abs(right))
    factor = float(theirs[largest] / right[largest])
    of_factor = allowed[largest] * np.abs(right / right[largest])
    slack = abs(factor) * (allowed + of_factor + ROUNDING * np.abs(right))
    near = np.abs(theirs - factor * right) <= slack
    if len(right) < FEW or not near.all() or not abs(factor - 1) > 10 * ROUNDING:
        return ""
    return f"each of these is {FACTORS.get(factor) or f'{show(factor)} times the right one'}"


FACTORS = {2.0: "twice the right one", 0.5: "half the right one"}

RELATIONS: tuple[Callable[[Sides], str], ...] = (
    _not_numbers,
    _infinite,
    _zero,
    _negated,
    _exchanged,
    _shifted,
    _off_by_a_constant,
    _off_by_a_factor,
)
