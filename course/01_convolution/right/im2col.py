"""Every exercise as one matrix product: each patch becomes a row, each kernel a column."""

import numpy as np


def output_size(size, kernel_size, stride, padding):
    starts = range(0, size + 2 * padding - kernel_size + 1, stride)
    if len(starts) == 0:
        raise ValueError(f"a kernel of {kernel_size} does not fit")
    return len(starts)


def places(size, kernel_size, stride, dilation_rate=1):
    """Indices of what each position of the kernel touches, (positions, kernel_size)."""
    span = (kernel_size - 1) * dilation_rate + 1
    starts = np.arange(0, size - span + 1, stride)
    if starts.size == 0:
        raise ValueError(f"{span} numbers do not fit into {size}")
    return starts[:, np.newaxis] + dilation_rate * np.arange(kernel_size)


def columns(x, kernel_size, strides, dilation_rate=(1, 1)):
    """(H, W, C) → (rows, columns, kh · kw · C)."""
    down, right = (
        places(size, k, s, d)
        for size, k, s, d in zip(x.shape, kernel_size, strides, dilation_rate, strict=False)
    )
    patches = x[down[:, np.newaxis, :, np.newaxis], right[np.newaxis, :, np.newaxis, :]]
    return patches.reshape(len(down), len(right), -1)


def conv1d(x, kernel, stride):
    return x[places(len(x), len(kernel), stride)] @ kernel


def conv2d(x, kernel, strides):
    return columns(x, kernel.shape, strides) @ kernel.reshape(-1)


def conv2d_same(x, kernel, strides, dilation_rate):
    sides = []
    for axis in (0, 1):
        size, stride = x.shape[axis], strides[axis]
        span = (kernel.shape[axis] - 1) * dilation_rate[axis] + 1
        # TensorFlow's own way to write the rule
        rest = size % stride
        total = max(span - (rest or stride), 0)
        sides.append((total // 2, total - total // 2))
    return columns(np.pad(x, sides), kernel.shape, strides, dilation_rate) @ kernel.reshape(-1)


def conv2d_channels(x, kernel, bias):
    *kernel_size, _, c_out = kernel.shape
    patches = columns(x, kernel_size, (1, 1))
    return patches @ kernel.reshape(-1, c_out) + bias


def to_channels_last(x, kernel):
    return x.transpose(0, 2, 3, 1), kernel.transpose(2, 3, 1, 0)


def convolve2d(x, kernel):
    return conv2d(x, np.rot90(kernel, 2), (1, 1))


def edge_strength(picture):
    sobel_x = np.outer([1, 2, 1], [1, 0, -1]).astype(picture.dtype)
    both = columns(picture, (3, 3), (1, 1)) @ np.stack([sobel_x, sobel_x.T], -1).reshape(9, 2)
    return np.linalg.norm(both, axis=-1)


def find_template(image, template):
    patches = columns(image, template.shape, (1, 1))
    lengths = np.linalg.norm(patches, axis=-1)
    # a patch of zeros has an inner product of 0 as well
    score = patches @ template.reshape(-1) / np.where(lengths == 0, 1, lengths)
    row, column = divmod(int(score.argmax()), score.shape[1])
    return row, column


def find_mistake(x, kernel, printed):
    right = conv2d(x, kernel, (1, 1))
    place = int(np.abs(right - printed).argmax())
    return *divmod(place, right.shape[1]), right.flat[place]
