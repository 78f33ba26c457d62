"""Correlation and convolution against nested loops, NumPy, and their own algebra."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.reference import convolve1d, convolve2d, correlate1d, correlate2d
from tests.cnncourse.reference.arrays import integers

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
sides = st.tuples(st.integers(0, 2), st.integers(0, 2))


def correlate_by_loops(x, kernel, strides, padding, dilation_rate):
    """The definition, term by term: x (N, H, W, C), kernel (kh, kw, C, F), options per axis."""
    x = np.pad(x, [(0, 0), *padding, (0, 0)])
    kh, kw, channels, filters = kernel.shape
    rows = [
        i for i in range(0, x.shape[1], strides[0]) if i + (kh - 1) * dilation_rate[0] < x.shape[1]
    ]
    columns = [
        j for j in range(0, x.shape[2], strides[1]) if j + (kw - 1) * dilation_rate[1] < x.shape[2]
    ]
    y = np.zeros((len(x), len(rows), len(columns), filters))
    for n, i, j, f, u, v, c in product(*map(range, (*y.shape, kh, kw, channels))):
        row, column = rows[i] + u * dilation_rate[0], columns[j] + v * dilation_rate[1]
        y[n, i, j, f] += x[n, row, column, c] * kernel[u, v, c, f]
    return y


@given(st.integers(0, 99), pairs, pairs, pairs, st.tuples(sides, sides))
def test_every_output_is_the_sum_of_the_definition(seed, size, strides, dilation_rate, padding):
    x, kernel = integers(seed, 2, 7, 8, 2), integers(seed + 1, *size, 2, 2)
    options = {"strides": strides, "padding": padding, "dilation_rate": dilation_rate}
    y = correlate2d(x, kernel, **options)
    np.testing.assert_array_equal(y, correlate_by_loops(x, kernel, **options))


@given(st.integers(0, 99), st.integers(1, 4), st.integers(1, 3), st.integers(1, 2), sides)
def test_one_dimension_is_two_with_a_height_of_one(seed, k, stride, rate, padding):
    x, kernel = integers(seed, 2, 9, 2), integers(seed + 1, k, 2, 3)
    y = correlate1d(x, kernel, strides=stride, dilation_rate=rate, padding=padding)
    flat = {"strides": (1, stride), "dilation_rate": (1, rate), "padding": ((0, 0), padding)}
    np.testing.assert_array_equal(y, correlate2d(x[:, None], kernel[None], **flat)[:, 0])


@given(st.integers(0, 99), st.integers(-5, 5), st.sampled_from(["valid", "same", 1]))
@pytest.mark.parametrize("operator", [correlate2d, convolve2d])
def test_it_is_linear_in_each_argument(operator, seed, factor, padding):
    x, other_x = integers(seed, 2, 6, 6)
    w, other_w = integers(seed + 1, 2, 3, 3)

    def y(x, w):
        return operator(x, w, padding=padding)

    np.testing.assert_array_equal(y(factor * x + other_x, w), factor * y(x, w) + y(other_x, w))
    np.testing.assert_array_equal(y(x, factor * w + other_w), factor * y(x, w) + y(x, other_w))


@given(st.integers(0, 99), pairs, st.sampled_from(["valid", "same", ((1, 0), (0, 2))]))
def test_convolution_is_correlation_with_the_kernel_turned_by_180_degrees(seed, size, padding):
    x, kernel = integers(seed, 6, 6), integers(seed + 1, *size)
    turned = correlate2d(x, np.rot90(kernel, 2), padding=padding)
    np.testing.assert_array_equal(convolve2d(x, kernel, padding=padding), turned)


def test_full_convolution_is_that_of_numpy_and_commutes():
    x, kernel = integers(0, 7), integers(1, 3)
    np.testing.assert_array_equal(convolve1d(x, kernel, padding=2), np.convolve(x, kernel))
    np.testing.assert_array_equal(convolve1d(kernel, x, padding=6), np.convolve(x, kernel))


def test_convolving_with_channels_flips_space_only():
    x, kernel = integers(0, 1, 6, 6, 2), integers(1, 3, 3, 2, 4)
    np.testing.assert_array_equal(convolve2d(x, kernel), correlate2d(x, kernel[::-1, ::-1]))


def test_an_image_without_a_batch_axis_gives_one_without():
    x, kernel = integers(0, 6, 6, 2), integers(1, 3, 3, 2, 4)
    np.testing.assert_array_equal(correlate2d(x, kernel), correlate2d(x[None], kernel)[0])


def test_ones_count_the_terms_of_each_output():
    y = correlate2d(np.ones((1, 4, 4, 3)), np.ones((3, 3, 3, 1)), padding="same")
    np.testing.assert_array_equal(y[0, :2, :2, 0], [[12, 18], [18, 27]])


def test_any_precision_comes_back_as_float64():
    assert correlate2d(np.ones((3, 3), "float16"), np.ones((2, 2), "uint8")).dtype == np.float64
