"""Arrays as the operators want them: float64, with a batch axis first and a channel axis last."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

FloatArray = NDArray[np.float64]

REAL_KINDS = "biufV"  # V: bfloat16 and its kin
LAYOUTS = {
    1: ("(L,)", "(L, C)", "(N, L, C)"),
    2: ("(H, W)", "(H, W, C)", "(N, H, W, C)"),
    3: ("(D, H, W)", "(D, H, W, C)", "(N, D, H, W, C)"),
}


def as_float64(name: str, value: ArrayLike) -> FloatArray:
    """The value in float64, the precision of every reference.

    Raises:
        ValueError: `value` is complex, ragged or no array of numbers.
    """
    array = np.asarray(value)
    if array.dtype.kind not in REAL_KINDS:
        raise ValueError(f"{name} has dtype {array.dtype}; it must be real numbers; convert it")
    return array.astype(np.float64)


def add_axes(x: FloatArray, rank: int) -> FloatArray:
    """Put a batch of one and a single channel where `x` has none: (N, *spatial, C).

    Raises:
        ValueError: `x` has none of the layouts of this rank.
    """
    if x.ndim == rank:
        return x[np.newaxis, ..., np.newaxis]
    if x.ndim == rank + 1:
        return x[np.newaxis]
    if x.ndim == rank + 2:
        return x
    raise ValueError(
        f"x has shape {x.shape}; it must be one of {', '.join(LAYOUTS[rank])}; reshape it"
    )


def drop_axes(y: FloatArray, rank: int, ndim: int) -> FloatArray:
    """Take away from the output `y` what `add_axes` put on an input of `ndim` axes."""
    if ndim == rank:
        return y[0, ..., 0]
    return y[0] if ndim == rank + 1 else y


def as_upstream(upstream: ArrayLike, shape: Sequence[int]) -> FloatArray:
    """The gradient of a loss with respect to an output of this shape, in float64.

    Raises:
        ValueError: `upstream` has another shape.
    """
    array = as_float64("upstream", upstream)
    if array.shape != tuple(shape):
        expected = f"it must have the output's, {tuple(shape)}"
        raise ValueError(f"upstream has shape {array.shape}; {expected}")
    return array


def upstream_of(
    upstream: ArrayLike, x: FloatArray, lengths: Sequence[int], channels: int
) -> FloatArray:
    """`as_upstream` with all its axes, where the output of `x` has these lengths and channels.

    The output has a batch axis if `x` has one, and a channel axis if `x` has one.
    """
    rank = len(lengths)
    images = x.shape[: max(x.ndim - rank - 1, 0)]
    maps = () if x.ndim == rank else (channels,)
    return add_axes(as_upstream(upstream, (*images, *lengths, *maps)), rank)


def sum_to(shape: Sequence[int], gradient: FloatArray) -> FloatArray:
    """Add up a gradient over the axes along which an argument of this shape was broadcast."""
    added = gradient.ndim - len(shape)
    repeated = [added + i for i, n in enumerate(shape) if n != gradient.shape[added + i]]
    summed = gradient.sum(axis=(*range(added), *repeated), keepdims=True)
    return np.asarray(summed.reshape(shape))
