"""Which part of another input the elements of a window are multiplied with."""

from collections.abc import Iterator
from itertools import combinations, product
from typing import Any

import numpy as np

from autograder.protocol import Array

MOST = 4_096
"""Parts of an input that are looked at."""


def multipliers(value: Array, factors: Array) -> tuple[Array, str] | None:
    """The two-dimensional part of an input that has these factors, and which one it is.

    Args:
        factors: of one channel of a window; NaN where an element does not count.

    None where no part is the only one, or the input has no more than two axes.
    """
    block = _block(factors)
    if value.ndim <= 2 or not block.size or np.isnan(block).any():
        return None
    found = [(part, where) for part, where in _parts(value) if np.array_equal(part, block)]
    return found[0] if len(found) == 1 else None


def _block(factors: Array) -> Array:
    """The factors without the rows and columns in which nothing counts, as dilation leaves them."""
    counts = ~np.isnan(factors)
    return factors[counts.any(axis=1)][:, counts.any(axis=0)]


def _parts(value: Array) -> Iterator[tuple[Array, str]]:
    places = (
        (pair, rest)
        for pair in combinations(range(value.ndim), 2)
        for rest in product(*(range(n) for axis, n in enumerate(value.shape) if axis not in pair))
    )
    for _, (pair, rest) in zip(range(MOST), places, strict=False):
        others = iter(rest)
        index: list[Any] = [slice(None) if a in pair else next(others) for a in range(value.ndim)]
        where = ", ".join(":" if isinstance(one, slice) else str(one) for one in index)
        yield value[tuple(index)], f", slice [{where}]"
