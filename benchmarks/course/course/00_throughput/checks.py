"""What is asked of each exercise of 00_throughput."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder import Case, Check, Draw
from cnncourse.reference import correlate2d, max_pool2d

Array = NDArray[Any]
Inputs = Mapping[str, Any]


def conv2d(x: Array, kernel: Array, strides: tuple[int, int]) -> Array:
    return correlate2d(x, kernel, strides=strides)


def draw_conv2d(d: Draw) -> Inputs:
    kernel_size, strides = unlike(d, 1, 4), unlike(d, 2, 4)
    height, width = (k + s * d.integer(2, 4) for k, s in zip(kernel_size, strides, strict=True))
    return {"x": d.array(height, width), "kernel": d.array(*kernel_size), "strides": strides}


def conv2d_channels(x: Array, kernel: Array, bias: Array) -> Array:
    return correlate2d(x, kernel) + bias


def draw_channels(d: Draw) -> Inputs:
    (height, width), (c_in, c_out) = unlike(d, 5, 9), unlike(d, 2, 4)
    return {
        "x": d.array(2, height, width, c_in),
        "kernel": d.array(*unlike(d, 1, 3), c_in, c_out),
        "bias": d.array(c_out),
    }


def convolution(x: Array, kernel: Array, bias: Array, filters: int, kernel_size: Any) -> Array:
    assert kernel.shape == (*kernel_size, x.shape[-1], filters)
    return conv2d_channels(x, kernel, bias)


def draw_convolution(d: Draw) -> Inputs:
    (height, width), (c_in, c_out), kernel_size = unlike(d, 4, 6), unlike(d, 2, 3), unlike(d, 1, 3)
    return {
        "x": d.array(2, height, width, c_in),
        "kernel": d.array(*kernel_size, c_in, c_out),
        "bias": d.array(c_out),
        "filters": c_out,
        "kernel_size": kernel_size,
    }


def small_cnn(x: Array, weights: Sequence[Array], **_: Any) -> Array:
    kernel, bias, dense, offset = weights
    y = max_pool2d(np.maximum(correlate2d(x, kernel) + bias, 0), 2)
    scores = y.reshape(len(y), -1) @ dense + offset
    powers = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return powers / powers.sum(axis=-1, keepdims=True)


def small_cnn_rows(input_shape: Sequence[int], classes: int, filters: int) -> list[Any]:
    height, width, channels = input_shape
    pooled = ((height - 2) // 2, (width - 2) // 2, filters)
    return [
        ("Conv2D", (None, height - 2, width - 2, filters), (9 * channels + 1) * filters),
        ("MaxPooling2D", (None, *pooled), 0),
        ("Flatten", (None, int(np.prod(pooled))), 0),
        ("Dense", (None, classes), (int(np.prod(pooled)) + 1) * classes),
    ]


def draw_small_cnn(d: Draw) -> Inputs:
    (height, width), (channels, filters) = unlike(d, 7, 12), unlike(d, 2, 5)
    classes = d.integer(3, 10)
    flat = (height - 2) // 2 * ((width - 2) // 2) * filters
    shapes = (3, 3, channels, filters), (filters,), (flat, classes), (classes,)
    return {
        "x": d.reals(2, height, width, channels, low=-1, high=1),
        "weights": [d.reals(*shape, low=-1, high=1) for shape in shapes],
        "input_shape": (height, width, channels),
        "classes": classes,
        "filters": filters,
    }


def unlike(d: Draw, low: int, high: int) -> tuple[int, int]:
    """Two different integers: what mixes up height and width should never go unseen."""
    first = d.integer(low, high)
    second = d.integer(low, high - 1)
    return first, second + (second >= first)


X = np.arange(20, dtype=np.float32).reshape(4, 5)
K = np.float32([[1, 0], [0, -1]])
B = np.float32([1, -1])
IMAGE = np.stack([X, X[::-1]], axis=-1)[np.newaxis]
KERNEL = np.stack([np.stack([K, 2 * K], axis=-1), np.stack([-K, K], axis=-1)], axis=-1)

CHECKS = [
    Check(
        "conv2d",
        points=10,
        reference=conv2d,
        examples=[Case("stride 1 and 2", {"x": X, "kernel": K, "strides": (1, 2)})],
        draw=draw_conv2d,
        multilinear=("x", "kernel"),
    ),
    Check(
        "conv2d_channels",
        points=10,
        reference=conv2d_channels,
        examples=[Case("two channels", {"x": IMAGE, "kernel": KERNEL, "bias": B})],
        draw=draw_channels,
        multilinear=("x", "kernel", "bias"),
    ),
    Check(
        "Convolution",
        points={"weights": 3, "forward": 9, "gradients": 5, "config": 3},
        kind="layer",
        reference=convolution,
        weights=("kernel", "bias"),
        examples=[
            Case(
                "two channels",
                {"x": IMAGE, "kernel": KERNEL, "bias": B, "filters": 2, "kernel_size": (2, 2)},
            )
        ],
        draw=draw_convolution,
        multilinear=("x", "kernel", "bias"),
    ),
    Check(
        "small_cnn",
        points={"summary": 10, "outputs": 10},
        kind="model",
        reference=small_cnn,
        rows=small_cnn_rows,
        draw=draw_small_cnn,
        rtol=1e-5,
    ),
]
