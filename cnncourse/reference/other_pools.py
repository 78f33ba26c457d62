"""The other pools of the lectures: each window's norm, and maximum and mean mixed."""

from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream, sum_to
from cnncourse.reference.pooling import MAXIMUM, MEAN, NORM
from cnncourse.reference.steps import Padding, PoolOptions, Steps


def l2_pool1d(x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]) -> FloatArray:
    """The norm of each window: `l2_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return NORM.output(1, x, pool_size, **options)


def l2_pool2d(
    x: ArrayLike, pool_size: Steps = 2, *, strides: Steps | None = None, padding: Padding = "valid"
) -> FloatArray:
    """The Euclidean norm √Σx² of each window, channel by channel: a sum, not a mean, of squares.

    Args, shapes and errors are those of `max_pool2d`.

    Source:
        Goodfellow et al. 2016, *Deep Learning*, section 9.3; Sermanet et al. 2012, section 2.2,
        arXiv:1204.3968, which weights the squares
    """
    return NORM.output(2, x, pool_size, strides, padding)


def l2_pool3d(x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]) -> FloatArray:
    """The norm of each window: `l2_pool2d` with three spatial axes."""
    return NORM.output(3, x, pool_size, **options)


def mixed_pool1d(
    x: ArrayLike, mix: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> FloatArray:
    """Maximum and mean, mixed: `mixed_pool2d` for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _mixed_pool(1, x, mix, pool_size, options)


def mixed_pool2d(
    x: ArrayLike, mix: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> FloatArray:
    """mix · maximum + (1 - mix) · mean of each window; half their sum where `mix` is 0.5.

    Args:
        mix: a number, or one for each channel.

    The other arguments, shapes and errors are those of `max_pool2d`.

    Source:
        Lee et al. 2016, section 3.1, arXiv:1509.08985
    """
    return _mixed_pool(2, x, mix, pool_size, options)


def mixed_pool3d(
    x: ArrayLike, mix: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> FloatArray:
    """Maximum and mean, mixed: `mixed_pool2d` with three spatial axes."""
    return _mixed_pool(3, x, mix, pool_size, options)


def l2_pool1d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `l2_pool1d`."""
    return (NORM.gradient(1, upstream, x, pool_size, **options),)


def l2_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `l2_pool2d`."""
    return (NORM.gradient(2, upstream, x, pool_size, **options),)


def l2_pool3d_gradients(
    upstream: ArrayLike, x: ArrayLike, pool_size: Steps = 2, **options: Unpack[PoolOptions]
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `l2_pool3d`."""
    return (NORM.gradient(3, upstream, x, pool_size, **options),)


def mixed_pool1d_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    mix: ArrayLike,
    pool_size: Steps = 2,
    **options: Unpack[PoolOptions],
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `x` and `mix`, from that to the output of `mixed_pool1d`."""
    return _mixed_pool_gradients(1, upstream, x, mix, pool_size, options)


def mixed_pool2d_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    mix: ArrayLike,
    pool_size: Steps = 2,
    **options: Unpack[PoolOptions],
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `x` and `mix`, from that to the output of `mixed_pool2d`."""
    return _mixed_pool_gradients(2, upstream, x, mix, pool_size, options)


def mixed_pool3d_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    mix: ArrayLike,
    pool_size: Steps = 2,
    **options: Unpack[PoolOptions],
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `x` and `mix`, from that to the output of `mixed_pool3d`."""
    return _mixed_pool_gradients(3, upstream, x, mix, pool_size, options)


def _mixed_pool(
    rank: int, x: ArrayLike, mix: ArrayLike, pool_size: Steps, options: PoolOptions
) -> FloatArray:
    share = _share(rank, x, mix)
    largest = MAXIMUM.output(rank, x, pool_size, **options)
    mean = MEAN.output(rank, x, pool_size, **options)
    return share * largest + (1 - share) * mean


def _mixed_pool_gradients(
    rank: int,
    upstream: ArrayLike,
    x: ArrayLike,
    mix: ArrayLike,
    pool_size: Steps,
    options: PoolOptions,
) -> tuple[FloatArray, FloatArray]:
    share = _share(rank, x, mix)
    largest = MAXIMUM.output(rank, x, pool_size, **options)
    mean = MEAN.output(rank, x, pool_size, **options)
    y = as_upstream(upstream, largest.shape)
    to_x = MAXIMUM.gradient(rank, y * share, x, pool_size, **options)
    to_x = to_x + MEAN.gradient(rank, y * (1 - share), x, pool_size, **options)
    return to_x, sum_to(share.shape, y * (largest - mean))


def _share(rank: int, x: ArrayLike, mix: ArrayLike) -> FloatArray:
    share = as_float64("mix", mix)
    if share.shape not in ((), np.shape(x)[rank:][-1:]):
        raise ValueError(
            f"mix has shape {share.shape}; it must be a number, or one for each channel of x"
        )
    return share
