"""Pooling: each window of each channel becomes its largest value or its mean."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64, drop_axes
from cnncourse.reference.steps import Padding, Steps, padding_sides, per_axis
from cnncourse.reference.windows import sliding_windows


def max_pool1d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The largest value of each window: `max_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _max_pool(x, pool_size, strides, padding, 1)


def max_pool2d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The largest value of each window, channel by channel; what is padded never wins.

    Args:
        pool_size: elements along each axis of the window; an int, or one for each axis.
        strides: step from one window to the next; `pool_size` where None.
        padding: as for `correlate2d`, but on each side less than `pool_size`, so that no window
            holds padding only.

    Shapes:
        x: (H, W), (H, W, C) or (N, H, W, C)
        output: as `x`, with H and W counting windows (those that fit: floor)

    Raises:
        ValueError: the window exceeds the padded input, or an option is none of the above.

    Source:
        Dumoulin & Visin 2016, chapter 3, arXiv:1603.07285
    """
    return _max_pool(x, pool_size, strides, padding, 2)


def average_pool1d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The mean of each window: `average_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _average_pool(x, pool_size, strides, padding, 1)


def average_pool2d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The mean of each window, channel by channel; padding is not counted, as in Keras.

    Args, shapes and errors are those of `max_pool2d`. Linear in `x`.
    """
    return _average_pool(x, pool_size, strides, padding, 2)


def _max_pool(
    x: ArrayLike, pool_size: Steps, strides: Steps | None, padding: Padding, rank: int
) -> FloatArray:
    array = as_float64("x", x)
    windows = _windows(add_axes(array, rank), pool_size, strides, padding, fill=-np.inf)
    return drop_axes(windows.max(axis=-1), rank, array.ndim)


def _average_pool(
    x: ArrayLike, pool_size: Steps, strides: Steps | None, padding: Padding, rank: int
) -> FloatArray:
    array = as_float64("x", x)
    batch = add_axes(array, rank)
    sums = _windows(batch, pool_size, strides, padding).sum(axis=-1)
    counts = _windows(np.ones_like(batch), pool_size, strides, padding).sum(axis=-1)
    return drop_axes(sums / counts, rank, array.ndim)


def _windows(
    x: FloatArray, pool_size: Steps, strides: Steps | None, padding: Padding, fill: float = 0.0
) -> FloatArray:
    """(N, *spatial, C) → (N, *positions, C, elements of a window)."""
    rank = x.ndim - 2
    size = per_axis("pool_size", pool_size, rank)
    steps = size if strides is None else per_axis("strides", strides, rank)
    sides = padding_sides(padding, x.shape[1:-1], size, steps)
    if any(max(pair) >= length for pair, length in zip(sides, size, strict=True)):
        received = f"padding is {padding!r} and pool_size {size}"
        raise ValueError(f"{received}; pad by less than pool_size, or windows hold padding only")
    windows = sliding_windows(x, size, steps, sides, fill=fill)
    return windows.reshape(*windows.shape[:-rank], -1)
