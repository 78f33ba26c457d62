"""Convolution in two halves: depthwise, which looks around, and pointwise, which mixes channels."""

from typing import Unpack

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.convolutions import correlate2d, correlate2d_gradients
from cnncourse.reference.layout import FloatArray, as_float64, as_upstream
from cnncourse.reference.steps import WindowOptions


def depthwise_correlate2d(
    x: ArrayLike, kernel: ArrayLike, **options: Unpack[WindowOptions]
) -> FloatArray:
    """What Keras's `DepthwiseConv2D` computes before its bias: each channel has kernels of its own.

    That is `correlate2d`, whose options it has, with as many groups as channels. Output c · M + m
    is channel c under its kernel m.

    Shapes:
        x: (H, W, C) or (N, H, W, C)
        kernel: (kh, kw, C, M)
        output: as `x`, with H and W counting patches and C · M channels
    """
    grouped, channels = _grouped(kernel)
    return correlate2d(x, grouped, groups=channels, **options)


def pointwise_correlate(x: ArrayLike, kernel: ArrayLike) -> FloatArray:
    """A 1×1 convolution: one dense layer, applied at every place.

    Shapes:
        x: (…, C_in)
        kernel: (C_in, C_out), or with axes of length 1 before
        output: (…, C_out)

    Raises:
        ValueError: the shapes do not match.

    Source:
        Lin et al. 2014, section 3.1, arXiv:1312.4400
    """
    return as_float64("x", x) @ _matrix(x, kernel)


def separable_correlate2d(
    x: ArrayLike,
    depthwise_kernel: ArrayLike,
    pointwise_kernel: ArrayLike,
    **options: Unpack[WindowOptions],
) -> FloatArray:
    """What Keras's `SeparableConv2D` computes before its bias: depthwise, then pointwise.

    Shapes:
        x: (H, W, C_in) or (N, H, W, C_in)
        depthwise_kernel: (kh, kw, C_in, M)
        pointwise_kernel: (C_in · M, C_out), or with axes of length 1 before
        output: as `x`, with H and W counting patches and C_out channels

    Source:
        Howard et al. 2017, section 3.1, arXiv:1704.04861, with batch norm and ReLU in between
    """
    hidden = depthwise_correlate2d(x, depthwise_kernel, **options)
    return pointwise_correlate(hidden, pointwise_kernel)


def depthwise_correlate2d_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, **options: Unpack[WindowOptions]
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `x` and `kernel`, from that to `depthwise_correlate2d`'s output."""
    grouped, channels = _grouped(kernel)
    to_x, to_kernel = correlate2d_gradients(upstream, x, grouped, groups=channels, **options)
    return to_x, to_kernel.reshape(as_float64("kernel", kernel).shape)


def pointwise_correlate_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `x` and `kernel`, from that to `pointwise_correlate`'s output."""
    inputs, matrix = as_float64("x", x), _matrix(x, kernel)
    y = as_upstream(upstream, (*inputs.shape[:-1], matrix.shape[-1]))
    to_matrix = np.einsum("nc,nf->cf", _rows(inputs), _rows(y))
    return y @ matrix.T, to_matrix.reshape(np.shape(kernel))


def separable_correlate2d_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    depthwise_kernel: ArrayLike,
    pointwise_kernel: ArrayLike,
    **options: Unpack[WindowOptions],
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of a loss with respect to the three arrays, from that to `separable_correlate2d`'s output."""
    hidden = depthwise_correlate2d(x, depthwise_kernel, **options)
    to_hidden, to_pointwise = pointwise_correlate_gradients(upstream, hidden, pointwise_kernel)
    to_x, to_depthwise = depthwise_correlate2d_gradients(to_hidden, x, depthwise_kernel, **options)
    return to_x, to_depthwise, to_pointwise


def _grouped(kernel: ArrayLike) -> tuple[FloatArray, int]:
    """(kh, kw, C, M) → (kh, kw, 1, C · M) and C."""
    weights = as_float64("kernel", kernel)
    if weights.ndim != 4:
        raise ValueError(f"kernel has shape {weights.shape}; it must have four axes, kh, kw, C, M")
    return weights.reshape(*weights.shape[:2], 1, -1), weights.shape[2]


def _matrix(x: ArrayLike, kernel: ArrayLike) -> FloatArray:
    weights = as_float64("kernel", kernel)
    is_pointwise = weights.ndim >= 2 and all(n == 1 for n in weights.shape[:-2])
    if not is_pointwise or np.shape(x)[-1:] != weights.shape[-2:-1]:
        shapes = f"x has shape {np.shape(x)} and kernel {weights.shape}"
        raise ValueError(f"{shapes}; they must be (…, C_in) and (C_in, C_out), 1s before")
    return weights.reshape(weights.shape[-2:])


def _rows(x: FloatArray) -> FloatArray:
    return x.reshape(-1, x.shape[-1])
