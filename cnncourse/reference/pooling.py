"""What every pool is: a function of the elements of a window, and its slope in each of them."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64, drop_axes, upstream_of
from cnncourse.reference.steps import Padding, Steps, padding_sides, per_axis
from cnncourse.reference.windows import Sliding, slide

Reduction = Callable[[FloatArray, Sliding], FloatArray]


@dataclass(frozen=True)
class Pool:
    """A kind of pooling.

    Args:
        values: from an input (N, *spatial, C) to (N, *positions, C).
        slopes: from the same to (N, *positions, C, elements), the derivative of each value with
            respect to each element of its window.
    """

    values: Reduction
    slopes: Reduction

    def output(
        self,
        rank: int,
        x: ArrayLike,
        pool_size: Steps,
        strides: Steps | None = None,
        padding: Padding = "valid",
    ) -> FloatArray:
        array = as_float64("x", x)
        batch = add_axes(array, rank)
        sliding = _sliding(batch, pool_size, strides, padding)
        return drop_axes(self.values(batch, sliding), rank, array.ndim)

    def gradient(
        self,
        rank: int,
        upstream: ArrayLike,
        x: ArrayLike,
        pool_size: Steps,
        strides: Steps | None = None,
        padding: Padding = "valid",
    ) -> FloatArray:
        """Each element gets what its windows got, times its slope."""
        array = as_float64("x", x)
        batch = add_axes(array, rank)
        sliding = _sliding(batch, pool_size, strides, padding)
        y = upstream_of(upstream, array, sliding.positions, batch.shape[-1])
        shares = y[..., np.newaxis] * self.slopes(batch, sliding)
        windows = shares.reshape(*shares.shape[:-1], *sliding.size)
        return drop_axes(sliding.put(windows), rank, array.ndim)


def _largest(x: FloatArray, sliding: Sliding) -> FloatArray:
    return np.asarray(_elements(x, sliding, fill=-np.inf).max(axis=-1))


def _is_largest(x: FloatArray, sliding: Sliding) -> FloatArray:
    """1 for the first of the largest elements, row by row, as on TensorFlow's CPU; 0 elsewhere."""
    elements = _elements(x, sliding, fill=-np.inf)
    places = np.arange(elements.shape[-1])
    return np.asarray(places == elements.argmax(axis=-1, keepdims=True), np.float64)


def _mean(x: FloatArray, sliding: Sliding) -> FloatArray:
    return np.asarray(_elements(x, sliding).sum(axis=-1) / _counts(x, sliding))


def _one_of_so_many(x: FloatArray, sliding: Sliding) -> FloatArray:
    counts = _counts(x, sliding)[..., np.newaxis]
    return np.repeat(1 / counts, np.prod(sliding.size), axis=-1)


def _norm(x: FloatArray, sliding: Sliding) -> FloatArray:
    return np.asarray(np.sqrt((_elements(x, sliding) ** 2).sum(axis=-1)))


def _direction(x: FloatArray, sliding: Sliding) -> FloatArray:
    """x / √Σx², and 0 where the window has nothing but zeros."""
    norms = _norm(x, sliding)[..., np.newaxis]
    return np.asarray(_elements(x, sliding) / np.where(norms == 0, 1, norms))


MAXIMUM = Pool(_largest, _is_largest)
MEAN = Pool(_mean, _one_of_so_many)
NORM = Pool(_norm, _direction)


def _counts(x: FloatArray, sliding: Sliding) -> FloatArray:
    """Elements of each window that are no padding."""
    return np.asarray(_elements(np.ones_like(x), sliding).sum(axis=-1))


def _elements(x: FloatArray, sliding: Sliding, fill: float = 0.0) -> FloatArray:
    """(N, *spatial, C) → (N, *positions, C, elements of a window)."""
    windows = sliding.take(x, fill)
    return windows.reshape(*windows.shape[: -len(sliding.size)], -1)


def _sliding(x: FloatArray, pool_size: Steps, strides: Steps | None, padding: Padding) -> Sliding:
    rank, lengths = x.ndim - 2, x.shape[1:-1]
    size = per_axis("pool_size", pool_size, rank)
    steps = size if strides is None else per_axis("strides", strides, rank)
    sides = padding_sides(padding, lengths, size, steps)
    if any(max(pair) >= length for pair, length in zip(sides, size, strict=True)):
        received = f"padding is {padding!r} and pool_size {size}"
        raise ValueError(f"{received}; pad by less than pool_size, or windows hold padding only")
    return slide(lengths, size, steps, sides)
