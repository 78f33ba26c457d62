"""Transposed convolution as zero insertion: an ordinary one, of the input with zeros in between."""

from collections.abc import Sequence
from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.convolutions import correlate1d, correlate2d, correlate3d
from cnncourse.reference.layout import FloatArray, add_axes, as_float64, drop_axes, upstream_of
from cnncourse.reference.operations import Transpose
from cnncourse.reference.steps import Sides, Steps, TransposeOptions, per_axis
from cnncourse.reference.transposes import transpose
from cnncourse.reference.windows import Sliding, slide

CORRELATE = {1: correlate1d, 2: correlate2d, 3: correlate3d}


def correlate1d_transpose_by_zeros(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> FloatArray:
    """`correlate1d_transpose` as `correlate2d_transpose_by_zeros` computes it."""
    return _by_zeros(transpose(1, x, kernel, **options))


def correlate2d_transpose_by_zeros(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> FloatArray:
    """`correlate2d_transpose` as a convolution: zeros between the inputs, zeros around, stride 1.

    stride - 1 zeros between neighbours, k - 1 - padding around, and the kernel turned by 180
    degrees. The same numbers, most of them products with zero.

    Source:
        Dumoulin & Visin 2016, relationship 13, arXiv:1603.07285
    """
    return _by_zeros(transpose(2, x, kernel, **options))


def correlate3d_transpose_by_zeros(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[TransposeOptions]
) -> FloatArray:
    """`correlate3d_transpose` as `correlate2d_transpose_by_zeros` computes it."""
    return _by_zeros(transpose(3, x, kernel, **options))


def insert_zeros1d(x: ArrayLike, strides: Steps = 2) -> FloatArray:
    """stride - 1 zeros between neighbours of `x` of shape (L,), (L, C) or (N, L, C)."""
    return _insert_zeros(1, x, strides)


def insert_zeros2d(x: ArrayLike, strides: Steps = 2) -> FloatArray:
    """stride - 1 zeros between neighbours of `x` of shape (H, W), (H, W, C) or (N, H, W, C)."""
    return _insert_zeros(2, x, strides)


def insert_zeros3d(x: ArrayLike, strides: Steps = 2) -> FloatArray:
    """stride - 1 zeros between neighbours of `x`: (D, H, W), (D, H, W, C) or (N, D, H, W, C)."""
    return _insert_zeros(3, x, strides)


def insert_zeros1d_gradients(
    upstream: ArrayLike, x: ArrayLike, strides: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `insert_zeros1d`."""
    return _insert_zeros_gradient(1, upstream, x, strides)


def insert_zeros2d_gradients(
    upstream: ArrayLike, x: ArrayLike, strides: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `insert_zeros2d`."""
    return _insert_zeros_gradient(2, upstream, x, strides)


def insert_zeros3d_gradients(
    upstream: ArrayLike, x: ArrayLike, strides: Steps = 2
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`, from that to the output of `insert_zeros3d`."""
    return _insert_zeros_gradient(3, upstream, x, strides)


def _by_zeros(transpose: Transpose) -> FloatArray:
    """The same output by `correlate` with stride 1 of what is stretched and padded with zeros."""
    sliding, groups = transpose.products.sliding, transpose.products.groups
    rank = len(sliding.size)
    stretched = _insert_zeros(rank, transpose.x, sliding.strides)
    x = add_axes(stretched, rank)
    pads = [
        (span - 1 - before, length + before - n)
        for span, (before, _), length, n in zip(
            sliding.spans, sliding.sides, sliding.lengths, x.shape[1:-1], strict=True
        )
    ]
    turned = _turned(transpose.kernel, rank, groups)
    return CORRELATE[rank](
        drop_axes(_pad_or_crop(x, pads), rank, stretched.ndim),
        turned,
        dilation_rate=sliding.rates,
        groups=groups,
    )


def _turned(kernel: FloatArray, rank: int, groups: int) -> FloatArray:
    """Turned by 180 degrees, with C_in and C_out exchanged in each group."""
    turned = np.flip(kernel, axis=tuple(range(rank)))
    if kernel.ndim == rank:
        return turned
    apart = turned.reshape(*turned.shape[:-1], groups, -1)
    return np.swapaxes(apart, -1, -3).reshape(*kernel.shape[:rank], -1, groups * kernel.shape[rank])


def _pad_or_crop(x: FloatArray, pads: Sequence[Sides]) -> FloatArray:
    """Zeros before and after each spatial axis; a negative number cuts off as many."""
    zeros = [(max(before, 0), max(after, 0)) for before, after in pads]
    padded = np.pad(x, [(0, 0), *zeros, (0, 0)])
    kept = [
        slice(max(-before, 0), length - max(-after, 0))
        for (before, after), length in zip(pads, padded.shape[1:-1], strict=True)
    ]
    return padded[:, *kept]


def _insert_zeros(rank: int, x: ArrayLike, strides: Steps) -> FloatArray:
    array = as_float64("x", x)
    batch, between = _between(rank, array, strides)
    alone = batch.reshape(*batch.shape, *between.size)
    return drop_axes(between.put(alone), rank, array.ndim)


def _insert_zeros_gradient(
    rank: int, upstream: ArrayLike, x: ArrayLike, strides: Steps
) -> tuple[FloatArray]:
    array = as_float64("x", x)
    batch, between = _between(rank, array, strides)
    y = upstream_of(upstream, array, between.lengths, batch.shape[-1])
    kept = between.take(y).reshape(batch.shape)
    return (drop_axes(kept, rank, array.ndim),)


def _between(rank: int, x: FloatArray, strides: Steps) -> tuple[FloatArray, Sliding]:
    """`x` with all its axes, and a window of a single element that stops where `x` goes."""
    batch, steps = add_axes(x, rank), per_axis("strides", strides, rank)
    lengths = [(n - 1) * step + 1 for n, step in zip(batch.shape[1:-1], steps, strict=True)]
    return batch, slide(lengths, (1,) * rank, steps)
