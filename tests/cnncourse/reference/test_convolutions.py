"""Correlation and convolution against nested loops, NumPy, and their own algebra."""

import brute_force
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.reference import convolve1d, convolve2d, correlate1d, correlate2d

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
sides = st.tuples(st.integers(0, 2), st.integers(0, 2))


def integers(seed: int, *shape: int) -> np.ndarray:
    return np.random.default_rng(seed).integers(-9, 10, shape).astype(float)


@given(st.integers(0, 99), pairs, pairs, pairs, st.tuples(sides, sides))
def test_every_output_is_the_sum_of_the_definition(seed, size, strides, dilation_rate, padding):
    x, kernel = integers(seed, 2, 7, 8, 2), integers(seed + 1, *size, 2, 3)
    options = {"strides": strides, "dilation_rate": dilation_rate}
    y = correlate2d(x, kernel, padding=padding, **options)
    np.testing.assert_array_equal(y, brute_force.correlate2d(x, kernel, sides=padding, **options))


@given(st.integers(0, 99), st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), sides)
def test_one_dimension_is_two_with_a_height_of_one(seed, k, stride, rate, padding):
    x, kernel = integers(seed, 2, 9, 2), integers(seed + 1, k, 2, 3)
    y = correlate1d(x, kernel, strides=stride, dilation_rate=rate, padding=padding)
    flat = {"strides": (1, stride), "dilation_rate": (1, rate), "padding": ((0, 0), padding)}
    np.testing.assert_array_equal(y, correlate2d(x[:, None], kernel[None], **flat)[:, 0])


@given(st.integers(0, 99), st.integers(-5, 5), st.sampled_from(["valid", "same", 1]))
def test_correlation_is_linear_in_each_argument(seed, factor, padding):
    x, other = integers(seed, 2, 6, 6, 2)
    kernel, other_kernel = integers(seed + 1, 2, 3, 3)

    def correlate(x, kernel):
        return correlate2d(x[..., 0] if x.ndim > 2 else x, kernel, padding=padding)

    y = correlate(factor * x + other, kernel)
    np.testing.assert_array_equal(y, factor * correlate(x, kernel) + correlate(other, kernel))
    y = correlate(x, factor * kernel + other_kernel)
    np.testing.assert_array_equal(y, factor * correlate(x, kernel) + correlate(x, other_kernel))
