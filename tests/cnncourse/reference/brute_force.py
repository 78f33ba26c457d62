"""The definitions as nested loops: slow, obvious, and sharing no line with what they test."""

from itertools import product

import numpy as np


def correlate2d(x, kernel, strides, sides, dilation_rate):
    """x (N, H, W, C) and kernel (kh, kw, C, F); strides, dilation_rate and sides per axis."""
    (top, bottom), (left, right) = sides
    n, height, width, channels = x.shape
    kh, kw, _, filters = kernel.shape
    rows = count(height + top + bottom, kh, strides[0], dilation_rate[0])
    columns = count(width + left + right, kw, strides[1], dilation_rate[1])
    y = np.zeros((n, rows, columns, filters))
    for b, i, j, f, u, v, c in product(*map(range, (*y.shape, kh, kw, channels))):
        row = i * strides[0] + u * dilation_rate[0] - top
        column = j * strides[1] + v * dilation_rate[1] - left
        if 0 <= row < height and 0 <= column < width:
            y[b, i, j, f] += x[b, row, column, c] * kernel[u, v, c, f]
    return y


def pool2d(x, pool_size, strides, sides, reduce):
    """x (H, W); `reduce` sees the true elements of each window as a list."""
    (top, bottom), (left, right) = sides
    height, width = x.shape
    rows = count(height + top + bottom, pool_size[0], strides[0])
    columns = count(width + left + right, pool_size[1], strides[1])
    y = np.zeros((rows, columns))
    for i, j in product(range(rows), range(columns)):
        first_row, first_column = i * strides[0] - top, j * strides[1] - left
        y[i, j] = reduce(
            [
                x[row, column]
                for row in range(first_row, first_row + pool_size[0])
                for column in range(first_column, first_column + pool_size[1])
                if 0 <= row < height and 0 <= column < width
            ]
        )
    return y


def count(length, k, stride, rate=1):
    """Positions of a window of k elements, `rate` apart, found by trying."""
    return len([i for i in range(0, length, stride) if i + (k - 1) * rate < length])
