"""Convolutions and matrix products with a bias, over ten magnitudes, and ways to add them up."""

import numpy as np
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.comparison import compare
from autograder.tolerance import ARITHMETICS
from cnncourse.reference import correlate1d, correlate2d

UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MULTILINEAR = ("x", "kernel", "bias")
MAGNITUDES = (-30, -23, -16, -9, -3, 3, 9, 16, 23, 30)
"""Of x, as powers of ten; the kernel's are so that float32 holds the products."""

CHECKS = {
    "convolution of a line": Check(
        "conv1d",
        1,
        lambda x, kernel, bias, strides, dilation: (
            correlate1d(x, kernel, strides=strides[0], dilation_rate=dilation[0]) + bias
        ),
        multilinear=MULTILINEAR,
    ),
    "convolution of an image": Check(
        "conv2d",
        1,
        lambda x, kernel, bias, strides, dilation: (
            correlate2d(x, kernel, strides=strides, dilation_rate=dilation) + bias
        ),
        multilinear=MULTILINEAR,
    ),
    "matrix product": Check(
        "dense", 1, lambda x, kernel, bias, *_: x @ kernel + bias, multilinear=MULTILINEAR
    ),
}
AXES = dict(zip(CHECKS, (1, 2, 0), strict=True))


def reals(random, magnitude, *shape):
    """Numbers of either sign over some four powers of ten."""
    drawn = random.normal(size=shape) * 10.0 ** random.uniform(magnitude - 2, magnitude + 2, shape)
    return drawn.astype(np.float32)


def whole(random, _, *shape):
    return random.integers(-4, 5, shape).astype(np.float32)


def case(check, seed, magnitudes=(0, 0), numbers=reals):
    """A problem with a kernel of one element or some more, strides and dilation of their own."""
    random, axes = np.random.default_rng(seed), AXES[check]
    size = random.integers(1, 5, axes)
    strides, dilation = random.integers(1, 4, axes), random.integers(1, 4, axes)
    shape = (size - 1) * dilation + 1 + random.integers(0, 7, axes)
    c_in, c_out = random.integers(1, 9), random.integers(1, 5)
    rows = () if axes else (random.integers(1, 9),)
    x, kernel = magnitudes
    inputs = {
        "x": numbers(random, x, *rows, *shape, c_in),
        "kernel": numbers(random, kernel, *size, c_in, c_out),
        "bias": numbers(random, x + kernel, c_out),
        "strides": tuple(strides.tolist()),
        "dilation": tuple(dilation.tolist()),
    }
    return Case(check, inputs, exact=numbers is whole)


@st.composite
def problems(draw, numbers=reals):
    x = draw(st.sampled_from(MAGNITUDES))
    kernel = draw(st.sampled_from([0, -x // 2, -x]))
    check, seed = draw(st.sampled_from(sorted(CHECKS))), draw(st.integers(0, 2**32))
    return case(check, seed, (x, kernel), numbers)


def unfolded(case):
    """Patches in rows, kernels in columns, the bias, and the shape that the answer has."""
    x, kernel, bias, strides, dilation = case.inputs.values()
    size = kernel.shape[:-2]
    if not size:
        return x, kernel, bias, (len(x), len(bias))
    spans = tuple((k - 1) * d + 1 for k, d in zip(size, dilation, strict=True))
    windows = np.lib.stride_tricks.sliding_window_view(x, spans, tuple(range(len(size))))
    windows = windows[tuple(slice(None, None, step) for step in strides)]
    windows = windows[(..., *(slice(None, None, step) for step in dilation))]
    shape = (*windows.shape[: len(size)], len(bias))
    patches = np.moveaxis(windows, len(size), -1).reshape(-1, kernel[..., 0].size)
    return patches, kernel.reshape(-1, len(bias)), bias, shape


def one_by_one(patches, kernels, start):
    total = np.zeros((len(patches), kernels.shape[1]), patches.dtype) + start
    for t in range(patches.shape[1]):
        total = total + patches[:, t : t + 1] * kernels[t]
    return total


def in_blocks(patches, kernels, bias, block=4):
    parts = [
        one_by_one(patches[:, t : t + block], kernels[t : t + block], 0 * bias)
        for t in range(0, patches.shape[1], block)
    ]
    while len(parts) > 1:
        pairs = zip(parts[::2], [*parts[1::2], 0 * parts[0]], strict=False)
        parts = [first + second for first, second in pairs]
    return parts[0] + bias


def pairwise(patches, kernels, bias):
    return (patches[:, :, np.newaxis] * kernels).sum(axis=1) + bias


def mean_times_count(patches, kernels, bias):
    count = np.float32(patches.shape[1])
    products = patches[:, :, np.newaxis] * kernels
    return (products * (np.float32(1) / count)).sum(axis=1) * count + bias


def in_double(patches, kernels, bias):
    return patches.astype(np.float64) @ kernels.astype(np.float64) + bias


EXACT_WAYS = {
    "loops": lambda p, k, b: one_by_one(p, k, 0 * b) + b,
    "bias first": one_by_one,
    "reversed": lambda p, k, b: one_by_one(p[:, ::-1], k[::-1], 0 * b) + b,
    "im2col": lambda p, k, b: p @ k + b,
    "einsum": lambda p, k, b: np.einsum("rt,tf->rf", p, k) + b,
    "pairwise": pairwise,
    "blocks": in_blocks,
    "float32 sums in a float64 buffer": lambda p, k, b: one_by_one(p, k, b).astype(np.float64),
    "float64": in_double,
    "float64, kept in float32": lambda p, k, b: in_double(p, k, b).astype(np.float32),
}
WAYS = EXACT_WAYS | {"a mean times its count": mean_times_count}


def answer(way, case):
    *unfolding, shape = unfolded(case)
    return way(*unfolding).reshape(shape)


def complaint(observed, expected, case, arithmetic="float32"):
    return compare(observed, expected, ARITHMETICS[arithmetic].given(case.inputs))
