"""Between Keras's order of axes (channels last) and that of the formulas and PyTorch (first)."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64


def channels_first(x: ArrayLike) -> FloatArray:
    """(N, H, W, C) → (N, C, H, W)."""
    return np.moveaxis(as_float64("x", x), -1, 1)


def channels_last(x: ArrayLike) -> FloatArray:
    """(N, C, H, W) → (N, H, W, C)."""
    return np.moveaxis(as_float64("x", x), 1, -1)


def kernel_channels_first(kernel: ArrayLike) -> FloatArray:
    """(kh, kw, C_in, C_out) → (C_out, C_in, kh, kw)."""
    return np.moveaxis(as_float64("kernel", kernel), (-1, -2), (0, 1))


def kernel_channels_last(kernel: ArrayLike) -> FloatArray:
    """(C_out, C_in, kh, kw) → (kh, kw, C_in, C_out)."""
    return np.moveaxis(as_float64("kernel", kernel), (0, 1), (-1, -2))
