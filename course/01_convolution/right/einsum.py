"""Every exercise with strided views and einsum."""

import numpy as np
from numpy.lib.stride_tricks import as_strided, sliding_window_view


def output_size(size, kernel_size, stride, padding):
    steps = (size + 2 * padding - kernel_size) / stride
    if steps < 0:
        raise ValueError("no position")
    return int(np.floor(steps)) + 1


def conv1d(x, kernel, stride):
    return np.einsum("ia,a->i", sliding_window_view(x, len(kernel))[::stride], kernel)


def conv2d(x, kernel, strides):
    (sh, sw), (kh, kw) = strides, kernel.shape
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    if min(rows, columns) <= 0:
        raise ValueError("no position")
    down, right = x.strides
    windows = as_strided(x, (rows, columns, kh, kw), (down * sh, right * sw, down, right))
    return np.einsum("ijab,ab->ij", windows, kernel)


def conv2d_same(x, kernel, strides, dilation_rate):
    # Zeros between the kernel's elements make an ordinary kernel of it.
    span = [(k - 1) * d + 1 for k, d in zip(kernel.shape, dilation_rate, strict=True)]
    spread = np.zeros(span, kernel.dtype)
    spread[:: dilation_rate[0], :: dilation_rate[1]] = kernel
    outputs = [-(-size // s) for size, s in zip(x.shape, strides, strict=True)]
    total = [
        max((n - 1) * s + k - size, 0)
        for n, s, k, size in zip(outputs, strides, span, x.shape, strict=True)
    ]
    padded = np.zeros([size + t for size, t in zip(x.shape, total, strict=True)], x.dtype)
    top, left = total[0] // 2, total[1] // 2
    padded[top : top + x.shape[0], left : left + x.shape[1]] = x
    return conv2d(padded, spread, strides)


def conv2d_channels(x, kernel, bias):
    windows = sliding_window_view(x, kernel.shape[:2], axis=(0, 1))
    return np.einsum("ijcab,abcf->ijf", windows, kernel) + bias


def to_channels_last(x, kernel):
    return np.moveaxis(x, 1, -1), np.einsum("fcab->abcf", kernel)


def convolve2d(x, kernel):
    windows = sliding_window_view(x, kernel.shape)
    return np.einsum("ijab,ab->ij", windows, kernel[::-1, ::-1])


def edge_strength(picture):
    windows = sliding_window_view(picture, (3, 3))
    smooth, slope = np.array([1.0, 2.0, 1.0]), np.array([1.0, 0.0, -1.0])
    gx = np.einsum("ijab,a,b->ij", windows, smooth, slope)
    gy = np.einsum("ijab,a,b->ij", windows, slope, smooth)
    return np.hypot(gx, gy)


def find_template(image, template):
    windows = sliding_window_view(image, template.shape)
    inner = np.einsum("ijab,ab->ij", windows, template)
    lengths = np.sqrt(np.einsum("ijab,ijab->ij", windows, windows))
    score = np.zeros(inner.shape)
    np.divide(inner, lengths, out=score, where=lengths > 0)
    return np.argwhere(score == score.max())[0]


def find_mistake(x, kernel, printed):
    right = conv2d(x, kernel, (1, 1))
    (row,), (column,) = np.nonzero(right != printed)
    return np.array([row, column, right[row, column]])
