"""Adaptive pooling, as many windows as are asked for whatever the input's size, and its pyramids.

Window i of n on an axis of length L reaches from floor(i · L / n) to ceil((i + 1) · L / n), so that
windows differ by one element at most, and overlap where n does not divide L.
"""

from collections.abc import Callable, Sequence
from itertools import product

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import (
    FloatArray,
    add_axes,
    as_float64,
    as_upstream,
    drop_axes,
    upstream_of,
)
from cnncourse.reference.steps import Steps, count, per_axis

Region = tuple[slice, ...]


def adaptive_max_pool1d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """The largest value of each window, for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _adaptive_pool(_largest, 1, x, output_size)


def adaptive_max_pool2d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """What Keras's `AdaptiveMaxPooling2D` computes: the largest value of each window.

    Args:
        output_size: windows along each axis; an int, or one for each axis.

    Shapes:
        x: (H, W), (H, W, C) or (N, H, W, C)
        output: as `x`, with H and W counting windows

    Raises:
        ValueError: `x` has another shape, or `output_size` is none of the above.
    """
    return _adaptive_pool(_largest, 2, x, output_size)


def adaptive_max_pool3d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """The largest value of each window: `adaptive_max_pool2d` with three spatial axes."""
    return _adaptive_pool(_largest, 3, x, output_size)


def adaptive_average_pool1d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """The mean of each window, for `x` of shape (L,), (L, C) or (N, L, C)."""
    return _adaptive_pool(_mean, 1, x, output_size)


def adaptive_average_pool2d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """What Keras's `AdaptiveAveragePooling2D` computes: the mean of each window.

    With an `output_size` of 1 it is the global mean. Args, shapes and errors are those of
    `adaptive_max_pool2d`.
    """
    return _adaptive_pool(_mean, 2, x, output_size)


def adaptive_average_pool3d(x: ArrayLike, output_size: Steps) -> FloatArray:
    """The mean of each window: `adaptive_average_pool2d` with three spatial axes."""
    return _adaptive_pool(_mean, 3, x, output_size)


def spatial_pyramid_pool2d(x: ArrayLike, levels: Sequence[int] = (1, 2, 4)) -> FloatArray:
    """A vector of the same length for inputs of any size: adaptive max pools, one after another.

    Args:
        levels: windows along each axis, for each level of the pyramid.

    Shapes:
        x: (H, W, C) or (N, H, W, C)
        output: (C · Σ level²,) or (N, C · Σ level²): level by level, row by row, channels last

    Raises:
        ValueError: `x` has another shape, or a level is no int of at least 1.

    Source:
        He et al. 2014, section 2.2, arXiv:1406.4729. Where a level does not divide the size, its
        windows there, ceil(L / n) long and floor(L / n) apart, need not reach the last element;
        these do.
    """
    image = _image(x)
    flat = [adaptive_max_pool2d(image, count("levels", n)) for n in levels]
    images = image.shape[:-3]
    return np.concatenate([level.reshape(*images, -1) for level in flat], axis=-1)


def adaptive_max_pool1d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_max_pool1d`."""
    return (_adaptive_gradient(_share_of_largest, 1, upstream, x, output_size),)


def adaptive_max_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_max_pool2d`.

    Of several largest values in a window, the first gets it all, row by row.
    """
    return (_adaptive_gradient(_share_of_largest, 2, upstream, x, output_size),)


def adaptive_max_pool3d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_max_pool3d`."""
    return (_adaptive_gradient(_share_of_largest, 3, upstream, x, output_size),)


def adaptive_average_pool1d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_average_pool1d`."""
    return (_adaptive_gradient(_share_of_mean, 1, upstream, x, output_size),)


def adaptive_average_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_average_pool2d`."""
    return (_adaptive_gradient(_share_of_mean, 2, upstream, x, output_size),)


def adaptive_average_pool3d_gradients(
    upstream: ArrayLike, x: ArrayLike, output_size: Steps
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `adaptive_average_pool3d`."""
    return (_adaptive_gradient(_share_of_mean, 3, upstream, x, output_size),)


def spatial_pyramid_pool2d_gradients(
    upstream: ArrayLike, x: ArrayLike, levels: Sequence[int] = (1, 2, 4)
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `spatial_pyramid_pool2d`."""
    image = _image(x)
    images, channels = image.shape[:-3], image.shape[-1]
    lengths = [channels * level**2 for level in levels]
    y = as_upstream(upstream, (*images, sum(lengths)))
    parts = np.split(y, np.cumsum(lengths)[:-1], axis=-1)
    gradients = [
        _adaptive_gradient(
            _share_of_largest, 2, part.reshape(*images, level, level, channels), image, level
        )
        for part, level in zip(parts, levels, strict=True)
    ]
    return (np.sum(gradients, axis=0),)


def _adaptive_pool(
    reduce: Callable[[FloatArray], FloatArray], rank: int, x: ArrayLike, output_size: Steps
) -> FloatArray:
    array = as_float64("x", x)
    batch, size = add_axes(array, rank), per_axis("output_size", output_size, rank)
    values = [reduce(_elements(batch, region)) for region in _regions(batch, size)]
    y = np.stack(values, axis=1).reshape(len(batch), *size, batch.shape[-1])
    return drop_axes(y, rank, array.ndim)


def _adaptive_gradient(
    share: Callable[[FloatArray], FloatArray],
    rank: int,
    upstream: ArrayLike,
    x: ArrayLike,
    output_size: Steps,
) -> FloatArray:
    array = as_float64("x", x)
    batch, size = add_axes(array, rank), per_axis("output_size", output_size, rank)
    y = upstream_of(upstream, array, size, batch.shape[-1])
    to_x = np.zeros_like(batch)
    for at, region in zip(np.ndindex(*size), _regions(batch, size), strict=True):
        shares = share(_elements(batch, region)) * y[:, np.newaxis, *at]
        to_x[:, *region] += shares.reshape(batch[:, *region].shape)
    return drop_axes(to_x, rank, array.ndim)


def _regions(x: FloatArray, size: Sequence[int]) -> list[Region]:
    """The windows, row by row."""
    axes = [
        [slice(i * length // n, -(-(i + 1) * length // n)) for i in range(n)]
        for length, n in zip(x.shape[1:-1], size, strict=True)
    ]
    return list(product(*axes))


def _elements(x: FloatArray, region: Region) -> FloatArray:
    """(N, elements of the window, C)."""
    return x[:, *region].reshape(len(x), -1, x.shape[-1])


def _largest(elements: FloatArray) -> FloatArray:
    return np.asarray(elements.max(axis=1))


def _mean(elements: FloatArray) -> FloatArray:
    return np.asarray(elements.mean(axis=1))


def _share_of_largest(elements: FloatArray) -> FloatArray:
    places = np.arange(elements.shape[1])[:, np.newaxis]
    return np.asarray(places == elements.argmax(axis=1, keepdims=True), np.float64)


def _share_of_mean(elements: FloatArray) -> FloatArray:
    return np.full_like(elements, 1 / elements.shape[1])


def _image(x: ArrayLike) -> FloatArray:
    image = as_float64("x", x)
    if image.ndim not in (3, 4):
        raise ValueError(f"x has shape {image.shape}; it must be (H, W, C) or (N, H, W, C)")
    return image
