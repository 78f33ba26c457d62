"""Convolution as networks compute it (correlation) and as mathematics does (kernel flipped)."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64, drop_axes
from cnncourse.reference.steps import Padding, Steps
from cnncourse.reference.windows import sliding_windows

# n: image; y, x: where the kernel stands; v, u: inside it; c: channel; f: kernel, so feature map
SUMS = {1: "nxcu,ucf->nxf", 2: "nyxcvu,vucf->nyxf"}


def correlate1d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> FloatArray:
    """What Keras's `Conv1D` computes before its bias: `correlate2d` with one spatial axis.

    A single (before, after) pair is a `padding` too.

    Shapes:
        x: (L,) with a kernel (k,), or (L, C_in) or (N, L, C_in) with a kernel (k, C_in, C_out)
        output: as `x`, with L counting patches and C_out channels
    """
    return _correlate(x, kernel, 1, strides, padding, dilation_rate)


def correlate2d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> FloatArray:
    """What Keras's `Conv2D` computes before its bias: the kernel's inner product with every patch.

    Args:
        strides: step from one patch to the next; an int, or one for each axis.
        padding: "valid" (none), "same" (ceil(length / stride) outputs; an odd zero goes below and
            right), or zeros to add: an int for every side, or per axis an int or a (before, after)
            pair.
        dilation_rate: step from one element of a patch to the next; an int, or one for each axis.

    Shapes:
        x: (H, W) with a kernel (kh, kw), or (H, W, C_in) or (N, H, W, C_in) with a kernel
            (kh, kw, C_in, C_out)
        output: as `x`, with H and W counting patches (those that fit: floor) and C_out channels

    Raises:
        ValueError: the shapes do not match, the kernel exceeds the padded input, or an option is
            none of the above.

    Source:
        Dumoulin & Visin 2016, chapters 2 and 5.1, arXiv:1603.07285
    """
    return _correlate(x, kernel, 2, strides, padding, dilation_rate)


def convolve1d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> FloatArray:
    """Convolution of mathematics: `correlate1d` with the kernel flipped.

    With `padding` k - 1 it is NumPy's `convolve`.
    """
    return _correlate(x, _flip(kernel, 1), 1, strides, padding, dilation_rate)


def convolve2d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> FloatArray:
    """Convolution of mathematics: `correlate2d` with the kernel flipped along both spatial axes."""
    return _correlate(x, _flip(kernel, 2), 2, strides, padding, dilation_rate)


def _correlate(
    x: ArrayLike,
    kernel: ArrayLike,
    rank: int,
    strides: Steps,
    padding: Padding,
    dilation_rate: Steps,
) -> FloatArray:
    x, kernel = as_float64("x", x), as_float64("kernel", kernel)
    _refuse_mismatch(x, kernel, rank)
    weights = kernel[..., np.newaxis, np.newaxis] if kernel.ndim == rank else kernel
    patches = sliding_windows(
        add_axes(x, rank), weights.shape[:rank], strides, padding, dilation_rate
    )
    return drop_axes(np.einsum(SUMS[rank], patches, weights, optimize=True), rank, x.ndim)


def _refuse_mismatch(x: FloatArray, kernel: FloatArray, rank: int) -> None:
    shapes = f"x has shape {x.shape} and kernel {kernel.shape}"
    if kernel.ndim not in (rank, rank + 2) or kernel.size == 0:
        expected = f"{rank} axes, or {rank + 2} with C_in and C_out last, none of length 0"
        raise ValueError(f"{shapes}; the kernel must have {expected}")
    if (x.ndim == rank) != (kernel.ndim == rank):
        raise ValueError(f"{shapes}; give both their channel axes, or neither")
    if kernel.ndim > rank and x.shape[-1] != kernel.shape[rank]:
        raise ValueError(
            f"{shapes}; the last axis of x must be as long as C_in, {kernel.shape[rank]}"
        )


def _flip(kernel: ArrayLike, rank: int) -> FloatArray:
    array = as_float64("kernel", kernel)
    return np.flip(array, axis=tuple(range(min(rank, array.ndim))))
