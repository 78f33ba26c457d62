"""Transposed convolution: kernels laid by loops, zero insertion, PyTorch's sizes and the slides."""

from itertools import product

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from cnncourse import reference
from cnncourse.reference import (
    correlate1d_transpose,
    correlate2d,
    correlate2d_transpose,
    correlate2d_transpose_by_zeros,
    insert_zeros2d,
)
from tests.cnncourse.reference.arrays import integers

seeds = st.integers(0, 99)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
sides = st.tuples(st.integers(0, 3), st.integers(0, 3))


def transpose_by_loops(x, kernel, strides, padding, rates, extra):
    """Every input (H, W) lays the kernel, times itself, on the output; then the sides are cut."""
    lengths = [
        (n - 1) * stride + (k - 1) * rate + 1 + more
        for n, k, stride, rate, more in zip(
            x.shape, kernel.shape, strides, rates, extra, strict=True
        )
    ]
    y = np.zeros(lengths)
    for (i, j), (v, u) in product(np.ndindex(x.shape), np.ndindex(kernel.shape)):
        y[i * strides[0] + v * rates[0], j * strides[1] + u * rates[1]] += x[i, j] * kernel[v, u]
    (top, bottom), (left, right) = padding
    return y[top : lengths[0] - bottom, left : lengths[1] - right]


@given(seeds, pairs, pairs, pairs, st.tuples(sides, sides), st.data())
def test_every_input_lays_the_kernel(seed, size, strides, rates, padding, data):
    extra = tuple(data.draw(st.integers(0, stride - 1)) for stride in strides)
    x, kernel = integers(seed, 3, 4), integers(seed + 1, *size)
    expected = transpose_by_loops(x, kernel, strides, padding, rates, extra)
    assume(expected.size > 0)
    options = {
        "strides": strides,
        "padding": padding,
        "dilation_rate": rates,
        "output_padding": extra,
    }
    np.testing.assert_array_equal(correlate2d_transpose(x, kernel, **options), expected)
    np.testing.assert_array_equal(correlate2d_transpose_by_zeros(x, kernel, **options), expected)


@given(seeds, pairs, pairs, pairs, st.sampled_from(["valid", "same"]), st.sampled_from([1, 2]))
def test_it_is_correlation_transposed(seed, size, strides, rates, padding, groups):
    """⟨correlate(y), x⟩ = ⟨y, transpose(x)⟩ for all x and y of such sizes."""
    options = {"strides": strides, "padding": padding, "dilation_rate": rates, "groups": groups}
    x, kernel = integers(seed, 2, 3, 4, 4), integers(seed + 1, *size, 3, 4)
    up = correlate2d_transpose(x, kernel, **options)
    y = integers(seed + 2, *up.shape)
    down = correlate2d(y, kernel, **options)
    assert down.shape == x.shape
    assert np.sum(down * x) == np.sum(y * up)


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("padding", ["valid", "same", 1])
@pytest.mark.parametrize("groups", [1, 3])
def test_zero_insertion_gives_the_same_in_every_rank(rank, padding, groups):
    x, kernel = integers(0, 2, *(3, 4, 2)[:rank], 6), integers(1, *(3, 4, 3)[:rank], 2, 6)
    options = {"strides": 2, "padding": padding, "groups": groups}
    laid = getattr(reference, f"correlate{rank}d_transpose")(x, kernel, **options)
    inserted = getattr(reference, f"correlate{rank}d_transpose_by_zeros")(x, kernel, **options)
    np.testing.assert_array_equal(inserted, laid)


# Keras: n · s + max(k - s, 0) for "valid", n · s for "same"; explicit padding: (n - 1) · s + k - 2p
LENGTHS = {
    "valid, k > s": (3, {"strides": 2}, 11),
    "valid, k < s": (3, {"strides": 4}, 20),
    "same": (3, {"strides": 2, "padding": "same"}, 10),
    "same, one more": (3, {"strides": 3, "padding": "same", "output_padding": 1}, 14),
    "padding 1": (3, {"strides": 2, "padding": 1}, 9),
    "padding 1, one more": (3, {"strides": 2, "padding": 1, "output_padding": 1}, 10),
    "dilation 2": (3, {"dilation_rate": 2}, 9),
}


@pytest.mark.parametrize(("k", "options", "length"), LENGTHS.values(), ids=LENGTHS)
def test_lengths(k, options, length):
    assert correlate1d_transpose(np.ones(5), np.ones(k), **options).shape == (length,)


def test_zeros_lie_between_neighbours_and_not_around():
    y = insert_zeros2d([[1, 2], [3, 4]], (3, 2))
    np.testing.assert_array_equal(y, [[1, 0, 2], [0, 0, 0], [0, 0, 0], [3, 0, 4]])


# S4: "Inserting zeros between inputs", stride 2; padding 2 and 1 around, for a kernel of 3
SLIDE = [[1, 2], [3, 4]]
SLIDE_KERNEL = [[1, 2, 3], [4, 5, 6], [7, 8, 9]]


def test_on_the_slides_zeros_are_inserted_step_by_step():
    stretched = insert_zeros2d(SLIDE, 2)
    np.testing.assert_array_equal(stretched, [[1, 0, 2], [0, 0, 0], [3, 0, 4]])
    turned = np.rot90(SLIDE_KERNEL, 2)
    around_two = correlate2d(stretched, turned, padding=2)
    np.testing.assert_array_equal(
        around_two,
        [
            [1, 2, 5, 4, 6],
            [4, 5, 14, 10, 12],
            [10, 14, 36, 24, 30],
            [12, 15, 34, 20, 24],
            [21, 24, 55, 32, 36],
        ],
    )
    np.testing.assert_array_equal(around_two, correlate2d_transpose(SLIDE, SLIDE_KERNEL, strides=2))
    around_one = correlate2d(stretched, turned, padding=1)
    np.testing.assert_array_equal(around_one, [[5, 14, 10], [14, 36, 24], [15, 34, 20]])
    np.testing.assert_array_equal(
        around_one, correlate2d_transpose(SLIDE, SLIDE_KERNEL, strides=2, padding=1)
    )


def test_on_the_slides_the_padding_of_the_convolution_is_cut_off():
    full = correlate2d_transpose(SLIDE, SLIDE_KERNEL, strides=2)
    cut = correlate2d_transpose(SLIDE, SLIDE_KERNEL, strides=2, padding=2)
    np.testing.assert_array_equal(cut, full[2:-2, 2:-2])
    np.testing.assert_array_equal(cut, [[36]])


def test_a_vector_on_the_slides():
    """Each input lays a kernel, and where kernels overlap they add up."""
    y = correlate1d_transpose([1, 2, 3], [1, 10])
    np.testing.assert_array_equal(y, [1, 12, 23, 30])
    np.testing.assert_array_equal(
        correlate1d_transpose([1, 2, 3], [1, 10], strides=2), [1, 10, 2, 20, 3, 30]
    )
