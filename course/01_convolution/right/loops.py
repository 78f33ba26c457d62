"""Every exercise with plain loops, one product at a time, in the numbers' own precision."""

import math

import numpy as np


def output_size(size, kernel_size, stride, padding):
    if kernel_size > size + 2 * padding:
        raise ValueError("the kernel is larger than the padded input")
    count = 0
    start = -padding
    while start + kernel_size <= size + padding:
        count += 1
        start += stride
    return count


def conv1d(x, kernel, stride):
    if len(kernel) > len(x):
        raise ValueError("the kernel is longer than the row")
    y = []
    start = 0
    while start + len(kernel) <= len(x):
        total = 0
        for a in range(len(kernel)):
            total += x[start + a] * kernel[a]
        y.append(total)
        start += stride
    return np.array(y)


def conv2d(x, kernel, strides):
    kh, kw = kernel.shape
    if kh > x.shape[0] or kw > x.shape[1]:
        raise ValueError("the kernel is larger than the picture")
    height = (x.shape[0] - kh) // strides[0] + 1
    width = (x.shape[1] - kw) // strides[1] + 1
    y = np.zeros((height, width), x.dtype)
    for i in range(height):
        for j in range(width):
            for a in range(kh):
                for b in range(kw):
                    y[i, j] += x[i * strides[0] + a, j * strides[1] + b] * kernel[a, b]
    return y


def zeros_before(size, outputs, stride, kernel_size, dilation_rate):
    span = dilation_rate * (kernel_size - 1) + 1
    return max(0, (outputs - 1) * stride + span - size) // 2


def conv2d_same(x, kernel, strides, dilation_rate):
    (height, width), (kh, kw) = x.shape, kernel.shape
    (sh, sw), (dh, dw) = strides, dilation_rate
    rows, columns = math.ceil(height / sh), math.ceil(width / sw)
    top = zeros_before(height, rows, sh, kh, dh)
    left = zeros_before(width, columns, sw, kw, dw)
    y = np.zeros((rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            for a in range(kh):
                for b in range(kw):
                    row, column = i * sh - top + a * dh, j * sw - left + b * dw
                    # what lies outside of x is zero and adds nothing
                    if 0 <= row < height and 0 <= column < width:
                        y[i, j] += x[row, column] * kernel[a, b]
    return y


def conv2d_channels(x, kernel, bias):
    kh, kw, c_in, c_out = kernel.shape
    height, width = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    if height < 1 or width < 1:
        raise ValueError("no position")
    y = np.zeros((height, width, c_out), x.dtype)
    for i in range(height):
        for j in range(width):
            for f in range(c_out):
                total = bias[f]
                for a in range(kh):
                    for b in range(kw):
                        for c in range(c_in):
                            total += x[i + a, j + b, c] * kernel[a, b, c, f]
                y[i, j, f] = total
    return y


def to_channels_last(x, kernel):
    n, c_in, height, width = x.shape
    c_out, _, kh, kw = kernel.shape
    images = np.empty((n, height, width, c_in), x.dtype)
    for c in range(c_in):
        images[:, :, :, c] = x[:, c]
    kernels = np.empty((kh, kw, c_in, c_out), kernel.dtype)
    for f in range(c_out):
        for c in range(c_in):
            kernels[:, :, c, f] = kernel[f, c]
    return images, kernels


def convolve2d(x, kernel):
    kh, kw = kernel.shape
    height, width = x.shape[0] - kh + 1, x.shape[1] - kw + 1
    if height < 1 or width < 1:
        raise ValueError("no position")
    y = np.zeros((height, width), x.dtype)
    for i in range(height):
        for j in range(width):
            for a in range(kh):
                for b in range(kw):
                    y[i, j] += x[i + kh - 1 - a, j + kw - 1 - b] * kernel[a, b]
    return y


def edge_strength(picture):
    height, width = picture.shape[0] - 2, picture.shape[1] - 2
    y = np.zeros((height, width))
    for i in range(height):
        for j in range(width):
            p = picture[i : i + 3, j : j + 3]
            gx = p[0, 0] + 2 * p[1, 0] + p[2, 0] - p[0, 2] - 2 * p[1, 2] - p[2, 2]
            gy = p[0, 0] + 2 * p[0, 1] + p[0, 2] - p[2, 0] - 2 * p[2, 1] - p[2, 2]
            y[i, j] = math.sqrt(gx * gx + gy * gy)
    return y


def find_template(image, template):
    kh, kw = template.shape
    best, place = -math.inf, None
    for row in range(image.shape[0] - kh + 1):
        for column in range(image.shape[1] - kw + 1):
            patch = image[row : row + kh, column : column + kw]
            length = math.sqrt(float((patch**2).sum()) * float((template**2).sum()))
            score = float((patch * template).sum()) / length if length else 0.0
            if score > best:
                best, place = score, (row, column)
    return place


def find_mistake(x, kernel, printed):
    right = conv2d(x, kernel, (1, 1))
    for row in range(right.shape[0]):
        for column in range(right.shape[1]):
            if right[row, column] != printed[row, column]:
                return row, column, right[row, column]
    return None
