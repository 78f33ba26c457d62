"""Which elements of an answer are wrong, as far as that is to be seen."""

from typing import TypeGuard

import numpy as np

from autograder.feedback.figures import finite_range
from autograder.feedback.tables import Mask
from autograder.protocol import Array, Value

CLOSE = 1e-5
"""Elements are marked that differ by more than this part of the largest; if none does, all that
differ at all. The judge's own bound is finer and stays with it."""


def is_array(value: Value) -> TypeGuard[Array]:
    """Whether a value is an array of numbers with at least one element and one axis."""
    return (
        isinstance(value, np.ndarray) and value.dtype.kind in "fiub" and value.ndim * value.size > 0
    )


def marked(observed: Array, expected: Array) -> Mask | None:
    """Which elements to mark; None where the shapes differ."""
    if observed.shape != expected.shape:
        return None
    same = (observed == expected) | (np.isnan(observed) & np.isnan(expected))
    with np.errstate(all="ignore"):
        apart = np.abs(observed.astype(np.float64) - expected)
    low, high = finite_range(expected)
    far = ~same & ~(apart <= CLOSE * max(abs(low), abs(high)))
    return np.asarray(far if far.any() else ~same)


def first(mask: Mask) -> tuple[int, ...]:
    """The place of the first element that is marked."""
    return tuple(int(i) for i in np.unravel_index(mask.argmax(), mask.shape))
