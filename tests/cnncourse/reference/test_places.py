"""Up-sampling and shuffles: where values go."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.reference import (
    channel_shuffle,
    depth_to_space,
    space_to_depth,
    upsample_bilinear2d,
    upsample_nearest1d,
    upsample_nearest2d,
    upsample_nearest2d_gradients,
    upsample_nearest3d,
)
from tests.cnncourse.reference.arrays import integers

factors = st.integers(1, 4)


def test_nearest_on_the_slides():
    a, b, c, d = 1, 2, 4, 8
    y = [[a, a, b, b], [a, a, b, b], [c, c, d, d], [c, c, d, d]]
    np.testing.assert_array_equal(upsample_nearest2d([[a, b], [c, d]]), y)


@given(st.integers(0, 99), factors, factors)
def test_nearest_repeats_each_value(seed, rows, columns):
    x = integers(seed, 2, 3, 4, 2)
    y = upsample_nearest2d(x, (rows, columns))
    for i, j in np.ndindex(3 * rows, 4 * columns):
        np.testing.assert_array_equal(y[:, i, j], x[:, i // rows, j // columns])
    np.testing.assert_array_equal(upsample_nearest1d(x[:, 0], columns), y[:, 0])
    np.testing.assert_array_equal(upsample_nearest3d(x[:, None], (1, rows, columns))[:, 0], y)


def test_the_gradient_of_repetition_is_the_sum():
    (to_x,) = upsample_nearest2d_gradients(np.ones((4, 6)), np.ones((2, 2)), (2, 3))
    np.testing.assert_array_equal(to_x, [[6, 6], [6, 6]])


def test_bilinear_by_hand():
    """By 2, outputs lie a quarter and three quarters of the way; at the ends the value stays."""
    y = upsample_bilinear2d([[0, 4], [8, 12]], (1, 2))
    np.testing.assert_array_equal(y, [[0, 1, 3, 4], [8, 9, 11, 12]])
    y = upsample_bilinear2d([[0, 4], [8, 12]], 2)
    np.testing.assert_array_equal(y[1], [2, 3, 5, 6])


@given(st.integers(0, 99), factors, factors)
def test_bilinear_interpolates_between_the_centres_of_pixels(seed, rows, columns):
    x = integers(seed, 3, 5)
    y = upsample_bilinear2d(x, (rows, columns))
    down, across = ((np.arange(n * k) + 0.5) / k - 0.5 for n, k in ((3, rows), (5, columns)))
    between = np.array([np.interp(across, range(5), row) for row in x])
    expected = np.array([np.interp(down, range(3), column) for column in between.T]).T
    np.testing.assert_allclose(y, expected, atol=1e-13)


@given(st.integers(0, 99), st.integers(1, 3))
def test_pixel_shuffle_takes_rows_then_columns_then_channels_apart(seed, b):
    x = integers(seed, 2, 3, 2, b * b * 4)
    y = depth_to_space(x, b)
    assert y.shape == (2, 3 * b, 2 * b, 4)
    for i, j, c in np.ndindex(*y.shape[1:]):
        channel = ((i % b) * b + j % b) * 4 + c
        np.testing.assert_array_equal(y[:, i, j, c], x[:, i // b, j // b, channel])
    np.testing.assert_array_equal(space_to_depth(y, b), x)
    np.testing.assert_array_equal(depth_to_space(x[0], b), y[0])


def test_pytorchs_order_is_another():
    """c · b² + v · b + u, as the docstring says: a shuffle of channels away."""
    torch = pytest.importorskip("torch")
    x = integers(0, 2, 3, 2, 12)
    theirs = torch.nn.functional.pixel_shuffle(torch.tensor(np.moveaxis(x, -1, 1)), 2)
    ours = depth_to_space(channel_shuffle(x, 3), 2)
    np.testing.assert_array_equal(np.moveaxis(theirs.numpy(), 1, -1), ours)


def test_channels_are_dealt_out_like_cards():
    np.testing.assert_array_equal(channel_shuffle([0, 1, 2, 3, 4, 5], 2), [0, 3, 1, 4, 2, 5])
    np.testing.assert_array_equal(channel_shuffle([0, 1, 2, 3, 4, 5], 3), [0, 2, 4, 1, 3, 5])
