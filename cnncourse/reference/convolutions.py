"""Convolution as networks compute it (correlation) and as mathematics does (kernel flipped).

Convolutions are linear in each argument. With the gradient ȳ of a loss with respect to the output,
that with respect to the input is ȳ's transposed convolution with the kernel, and that with respect
to the kernel the correlation of the input with ȳ, strides and dilation exchanged.
"""

from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, add_axes, as_float64
from cnncourse.reference.operations import Correlation, Gradients
from cnncourse.reference.products import Products
from cnncourse.reference.steps import ConvolutionOptions, Padding, Steps, count
from cnncourse.reference.windows import slide


def correlate1d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> FloatArray:
    """What Keras's `Conv1D` computes before its bias: `correlate2d` with one spatial axis.

    A single (before, after) pair is a `padding` too.

    Shapes:
        x: (L,) with a kernel (k,), or (L, C_in) or (N, L, C_in) with a kernel (k, C_in, C_out)
        output: as `x`, with L counting patches and C_out channels
    """
    return _correlation(1, x, kernel, **options).output()


def correlate2d(
    x: ArrayLike,
    kernel: ArrayLike,
    *,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
    groups: int = 1,
) -> FloatArray:
    """What Keras's `Conv2D` computes before its bias: the kernel's inner product with every patch.

    Args:
        strides: step from one patch to the next; an int, or one for each axis.
        padding: "valid" (none), "same" (ceil(length / stride) outputs; an odd zero goes below and
            right), or zeros to add: an int for every side, or per axis an int or a (before, after)
            pair.
        dilation_rate: step from one element of a patch to the next; an int, or one for each axis.
        groups: parts of the channels; the first C_out / groups outputs see the first
            C_in / groups inputs only, and so on.

    Shapes:
        x: (H, W) with a kernel (kh, kw), or (H, W, C_in) or (N, H, W, C_in) with a kernel
            (kh, kw, C_in / groups, C_out)
        output: as `x`, with H and W counting patches (those that fit: floor) and C_out channels

    Raises:
        ValueError: the shapes do not match, the kernel exceeds the padded input, or an option is
            none of the above.

    Source:
        Dumoulin & Visin 2016, chapters 2 and 5.1, arXiv:1603.07285; groups: Krizhevsky et al.
        2012, section 3.5
    """
    return _correlation(2, x, kernel, strides, padding, dilation_rate, groups).output()


def correlate3d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> FloatArray:
    """What Keras's `Conv3D` computes before its bias: `correlate2d` with three spatial axes.

    Shapes:
        x: (D, H, W) with a kernel (kd, kh, kw), or (D, H, W, C_in) or (N, D, H, W, C_in) with a
            kernel (kd, kh, kw, C_in / groups, C_out)
        output: as `x`, with D, H and W counting patches and C_out channels
    """
    return _correlation(3, x, kernel, **options).output()


def convolve1d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> FloatArray:
    """Convolution of mathematics: `correlate1d` with the kernel flipped.

    With `padding` k - 1 it is NumPy's `convolve`.
    """
    return correlate1d(x, _flip(kernel, 1), **options)


def convolve2d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> FloatArray:
    """Convolution of mathematics: `correlate2d` with the kernel flipped along both spatial axes."""
    return correlate2d(x, _flip(kernel, 2), **options)


def convolve3d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> FloatArray:
    """Convolution of mathematics: `correlate3d` with the kernel flipped along all spatial axes."""
    return correlate3d(x, _flip(kernel, 3), **options)


def correlate1d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `correlate1d`."""
    return _correlation(1, x, kernel, **options).gradients(upstream)


def correlate2d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `correlate2d`."""
    return _correlation(2, x, kernel, **options).gradients(upstream)


def correlate3d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `correlate3d`."""
    return _correlation(3, x, kernel, **options).gradients(upstream)


def convolve1d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `convolve1d`."""
    to_x, to_kernel = correlate1d_gradients(upstream, x, _flip(kernel, 1), **options)
    return to_x, _flip(to_kernel, 1)


def convolve2d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `convolve2d`."""
    to_x, to_kernel = correlate2d_gradients(upstream, x, _flip(kernel, 2), **options)
    return to_x, _flip(to_kernel, 2)


def convolve3d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[ConvolutionOptions]
) -> Gradients:
    """Of a loss with respect to `x` and `kernel`, from that to the output of `convolve3d`."""
    to_x, to_kernel = correlate3d_gradients(upstream, x, _flip(kernel, 3), **options)
    return to_x, _flip(to_kernel, 3)


def _correlation(
    rank: int,
    x: ArrayLike,
    kernel: ArrayLike,
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
    groups: int = 1,
) -> Correlation:
    x, kernel = as_float64("x", x), as_float64("kernel", kernel)
    _refuse_mismatch(x, kernel, rank, count("groups", groups))
    lengths = add_axes(x, rank).shape[1:-1]
    sliding = slide(lengths, kernel.shape[:rank], strides, padding, dilation_rate)
    return Correlation(x, kernel, Products(sliding, groups))


def _refuse_mismatch(x: FloatArray, kernel: FloatArray, rank: int, groups: int) -> None:
    shapes = f"x has shape {x.shape} and kernel {kernel.shape}"
    if kernel.ndim not in (rank, rank + 2) or kernel.size == 0:
        expected = f"{rank} axes, or {rank + 2} with C_in and C_out last, none of length 0"
        raise ValueError(f"{shapes}; the kernel must have {expected}")
    if (x.ndim == rank) != (kernel.ndim == rank):
        raise ValueError(f"{shapes}; give both their channel axes, or neither")
    inputs, outputs = kernel.shape[rank:] or (1, 1)
    if kernel.ndim > rank and x.shape[-1] != inputs * groups:
        expected = f"C_in, {inputs}" if groups == 1 else f"the {groups} groups' C_in, {inputs} each"
        raise ValueError(f"{shapes}; the last axis of x must be as long as {expected}")
    if outputs % groups:
        raise ValueError(f"groups is {groups}; it must divide the kernel's C_out, {outputs}")


def _flip(kernel: ArrayLike, rank: int) -> FloatArray:
    array = as_float64("kernel", kernel)
    return np.flip(array, axis=tuple(range(min(rank, array.ndim))))
