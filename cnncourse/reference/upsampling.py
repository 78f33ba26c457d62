"""Up-sampling without weights: every value repeated, or values in between interpolated.

Both are linear along each axis by itself, so a matrix for each says it all.
"""

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64, drop_axes, upstream_of
from cnncourse.reference.steps import Steps, per_axis

Matrix = Callable[[int, int], FloatArray]


def upsample_nearest1d(x: ArrayLike, size: Steps = 2) -> FloatArray:
    """Each value repeated `size` times, for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _upsample(_repetition, 1, x, size)


def upsample_nearest2d(x: ArrayLike, size: Steps = 2) -> FloatArray:
    """What Keras's `UpSampling2D` computes: each value repeated along each axis.

    Args:
        size: how many times; an int, or one for each axis.

    Shapes:
        x: (H, W), (H, W, C) or (N, H, W, C)
        output: as `x`, with H and W multiplied by `size`

    Raises:
        ValueError: `x` has another shape, or `size` is none of the above.
    """
    return _upsample(_repetition, 2, x, size)


def upsample_nearest3d(x: ArrayLike, size: Steps = 2) -> FloatArray:
    """Each value repeated along each axis: `upsample_nearest2d` with three spatial axes."""
    return _upsample(_repetition, 3, x, size)


def upsample_bilinear2d(x: ArrayLike, size: Steps = 2) -> FloatArray:
    """What Keras's `UpSampling2D(interpolation="bilinear")` computes, linear between neighbours.

    Pixels are squares, and their values are those of their centres: output i of an axis lies at
    (i + 1/2) / size - 1/2 of the input. Beyond the outermost centres the value stays.

    Args, shapes and errors are those of `upsample_nearest2d`.
    """
    return _upsample(_interpolation, 2, x, size)


def upsample_nearest1d_gradients(
    upstream: ArrayLike, x: ArrayLike, size: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `upsample_nearest1d`."""
    return _upsample_gradient(_repetition, 1, upstream, x, size)


def upsample_nearest2d_gradients(
    upstream: ArrayLike, x: ArrayLike, size: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: what all repetitions of a value got, added up."""
    return _upsample_gradient(_repetition, 2, upstream, x, size)


def upsample_nearest3d_gradients(
    upstream: ArrayLike, x: ArrayLike, size: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `upsample_nearest3d`."""
    return _upsample_gradient(_repetition, 3, upstream, x, size)


def upsample_bilinear2d_gradients(
    upstream: ArrayLike, x: ArrayLike, size: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `upsample_bilinear2d`."""
    return _upsample_gradient(_interpolation, 2, upstream, x, size)


def _repetition(length: int, factor: int) -> FloatArray:
    """(length · factor, length): row i picks element i // factor."""
    return np.repeat(np.eye(length), factor, axis=0)


def _interpolation(length: int, factor: int) -> FloatArray:
    """(length · factor, length): row i weights the two elements around its place."""
    places = (np.arange(length * factor) + 0.5) / factor - 0.5
    within = np.clip(places, 0, length - 1)
    distances = np.abs(within[:, np.newaxis] - np.arange(length))
    return np.asarray(np.maximum(1 - distances, 0))


def _upsample(matrix: Matrix, rank: int, x: ArrayLike, size: Steps) -> FloatArray:
    array = as_float64("x", x)
    y, factors = add_axes(array, rank), per_axis("size", size, rank)
    for axis, factor in enumerate(factors, start=1):
        y = _along(axis, matrix(y.shape[axis], factor), y)
    return drop_axes(y, rank, array.ndim)


def _upsample_gradient(
    matrix: Matrix, rank: int, upstream: ArrayLike, x: ArrayLike, size: Steps
) -> tuple[FloatArray]:
    array = as_float64("x", x)
    batch, factors = add_axes(array, rank), per_axis("size", size, rank)
    lengths = [n * factor for n, factor in zip(batch.shape[1:-1], factors, strict=True)]
    y = upstream_of(upstream, array, lengths, batch.shape[-1])
    for axis, factor in enumerate(factors, start=1):
        y = _along(axis, matrix(batch.shape[axis], factor).T, y)
    return (drop_axes(y, rank, array.ndim),)


def _along(axis: int, matrix: FloatArray, x: FloatArray) -> FloatArray:
    return np.moveaxis(np.tensordot(matrix, x, axes=(1, axis)), 0, axis)
