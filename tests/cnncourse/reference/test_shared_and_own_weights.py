"""Groups, three dimensions, depthwise and locally connected layers against nested loops."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.reference import (
    convolve3d,
    correlate1d,
    correlate2d,
    correlate2d_gradients,
    correlate2d_transpose,
    correlate3d,
    depthwise_correlate2d,
    locally_connected1d,
    locally_connected2d,
    pointwise_correlate,
    separable_correlate2d,
)
from tests.cnncourse.reference.arrays import integers

seeds = st.integers(0, 99)
pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
triples = st.tuples(*[st.integers(1, 2)] * 3)


def windows_by_loops(x, size, strides, rates):
    """Position → window (N, *size, C) on x (N, *spatial, C)."""
    spans = [(k - 1) * rate + 1 for k, rate in zip(size, rates, strict=True)]
    starts = [
        range(0, length - span + 1, stride)
        for length, span, stride in zip(x.shape[1:-1], spans, strides, strict=True)
    ]
    found = {}
    for at in product(*(range(len(axis)) for axis in starts)):
        corner = [axis[i] for axis, i in zip(starts, at, strict=True)]
        cut = [
            slice(first, first + span, rate)
            for first, span, rate in zip(corner, spans, rates, strict=True)
        ]
        found[at] = x[:, *cut]
    return found


@given(seeds, triples, triples, triples)
def test_three_dimensions_are_inner_products_with_boxes(seed, size, strides, rates):
    x, kernel = integers(seed, 2, 4, 5, 3, 2), integers(seed + 1, *size, 2, 3)
    y = correlate3d(x, kernel, strides=strides, dilation_rate=rates)
    windows = windows_by_loops(x, size, strides, rates)
    assert y.shape[1:-1] == tuple(n + 1 for n in max(windows))
    for at, window in windows.items():
        np.testing.assert_array_equal(y[:, *at], np.tensordot(window, kernel, 4))


def test_convolving_in_three_dimensions_flips_all_three():
    x, kernel = integers(0, 4, 4, 4), integers(1, 2, 2, 2)
    np.testing.assert_array_equal(convolve3d(x, kernel), correlate3d(x, kernel[::-1, ::-1, ::-1]))


@given(seeds, st.sampled_from([1, 2, 3, 6]), pairs, st.sampled_from(["valid", "same", 1]))
def test_groups_are_convolutions_side_by_side(seed, groups, strides, padding):
    x, kernel = integers(seed, 2, 6, 5, 6), integers(seed + 1, 3, 2, 6 // groups, 12)
    parts = zip(np.split(x, groups, axis=-1), np.split(kernel, groups, axis=-1), strict=True)
    apart = [correlate2d(*part, strides=strides, padding=padding) for part in parts]
    y = correlate2d(x, kernel, strides=strides, padding=padding, groups=groups)
    np.testing.assert_array_equal(y, np.concatenate(apart, axis=-1))


@given(seeds, st.sampled_from([1, 2, 3, 6]), pairs)
def test_groups_of_a_transpose_are_transposes_side_by_side(seed, groups, strides):
    x, kernel = integers(seed, 2, 3, 4, 6), integers(seed + 1, 3, 2, 2, 6)
    parts = zip(np.split(x, groups, axis=-1), np.split(kernel, groups, axis=-1), strict=True)
    apart = [correlate2d_transpose(*part, strides=strides) for part in parts]
    y = correlate2d_transpose(x, kernel, strides=strides, groups=groups)
    np.testing.assert_array_equal(y, np.concatenate(apart, axis=-1))


@given(seeds, st.integers(1, 3))
def test_depthwise_looks_at_each_channel_by_itself(seed, multiplier):
    x, kernel = integers(seed, 2, 5, 6, 3), integers(seed + 1, 2, 3, 3, multiplier)
    y = depthwise_correlate2d(x, kernel, strides=2)
    for c, m in product(range(3), range(multiplier)):
        alone = [correlate2d(image, kernel[..., c, m], strides=2) for image in x[..., c]]
        np.testing.assert_array_equal(y[..., c * multiplier + m], alone)


def test_pointwise_is_a_convolution_of_one_by_one():
    x, kernel = integers(0, 2, 4, 5, 3), integers(1, 1, 1, 3, 6)
    np.testing.assert_array_equal(pointwise_correlate(x, kernel), correlate2d(x, kernel))
    np.testing.assert_array_equal(pointwise_correlate(x, kernel[0, 0]), correlate2d(x, kernel))


def test_separable_is_one_convolution_whose_kernels_are_products():
    x, deep, point = integers(0, 2, 5, 5, 2), integers(1, 3, 3, 2, 3), integers(2, 6, 4)
    whole = np.einsum("uvcm,cmf->uvcf", deep, point.reshape(2, 3, 4))
    y = separable_correlate2d(x, deep, point, padding="same")
    np.testing.assert_array_equal(y, correlate2d(x, whole, padding="same"))


@given(seeds, pairs, pairs, pairs)
def test_locally_connected_has_a_kernel_for_each_window(seed, size, strides, rates):
    x = integers(seed, 2, 7, 8, 2)
    windows = windows_by_loops(x, size, strides, rates)
    positions = tuple(n + 1 for n in max(windows))
    kernel = integers(seed + 1, *positions, *size, 2, 3)
    y = locally_connected2d(x, kernel, strides=strides, dilation_rate=rates)
    assert y.shape[1:-1] == positions
    for at, window in windows.items():
        np.testing.assert_array_equal(y[:, *at], np.tensordot(window, kernel[at], 3))


@pytest.mark.parametrize("padding", ["valid", "same", (1, 2)])
def test_with_the_same_weights_everywhere_locally_connected_is_a_convolution(padding):
    x, kernel = integers(0, 2, 7, 3), integers(1, 3, 3, 4)
    shared = correlate1d(x, kernel, strides=2, padding=padding)
    own = np.broadcast_to(kernel, (shared.shape[1], *kernel.shape))
    np.testing.assert_array_equal(locally_connected1d(x, own, strides=2, padding=padding), shared)


def test_an_image_alone_has_the_numbers_of_a_batch_of_one():
    x, kernel = integers(0, 4, 5), integers(1, 3, 4, 2, 2)
    with_axes = locally_connected2d(x[None, ..., None], kernel[..., None, None])
    np.testing.assert_array_equal(locally_connected2d(x, kernel), with_axes[0, ..., 0])


@given(
    seeds,
    pairs,
    pairs,
    pairs,
    st.sampled_from(["valid", "same", 1, ((2, 0), (0, 1))]),
    st.sampled_from([1, 2]),
)
def test_gradients_are_the_transposes(seed, size, strides, rates, padding, groups):
    """⟨ȳ, correlate(x, k)⟩ = ⟨x̄, x⟩ = ⟨k̄, k⟩: what is linear is known by its inner products."""
    options = {"strides": strides, "dilation_rate": rates, "padding": padding, "groups": groups}
    x, kernel = integers(seed, 2, 7, 8, 4), integers(seed + 1, *size, 4 // groups, 2)
    y = correlate2d(x, kernel, **options)
    upstream = integers(seed + 2, *y.shape)
    to_x, to_kernel = correlate2d_gradients(upstream, x, kernel, **options)
    assert np.sum(upstream * y) == np.sum(to_x * x) == np.sum(to_kernel * kernel)


@pytest.mark.parametrize(("stride", "rate"), [(1, 1), (2, 1), (3, 1), (1, 3), (2, 2), (4, 2)])
def test_gradients_on_the_slides(stride, rate):
    """The upstream's transposed convolution; and the correlation of the input with the upstream."""
    x, kernel = integers(0, 9, 9), integers(1, 3, 3)
    options = {"strides": stride, "dilation_rate": rate}
    upstream = integers(2, *correlate2d(x, kernel, **options).shape)
    to_x, to_kernel = correlate2d_gradients(upstream, x, kernel, **options)
    np.testing.assert_array_equal(to_x, correlate2d_transpose(upstream, kernel, **options))
    exchanged = {"strides": rate, "dilation_rate": stride}
    np.testing.assert_array_equal(to_kernel, correlate2d(x, upstream, **exchanged))
