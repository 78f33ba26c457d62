"""Pooling against nested loops."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse import reference
from cnncourse.reference import (
    average_pool2d,
    l2_pool2d,
    l2_pool2d_gradients,
    max_pool1d,
    max_pool2d,
    max_pool2d_gradients,
    max_pool3d,
    mixed_pool2d,
)
from tests.cnncourse.reference.arrays import integers

pairs = st.tuples(st.integers(1, 3), st.integers(1, 3))
POOLS = {
    "max": (max_pool2d, np.max),
    "average": (average_pool2d, np.mean),
    "l2": (l2_pool2d, np.linalg.norm),
}


def pool_by_loops(x, pool_size, strides, sides, reduce):
    """x (H, W); `reduce` sees the true elements of each window only."""
    starts = [
        range(-before, length + after - k + 1, stride)
        for (before, after), length, k, stride in zip(
            sides, x.shape, pool_size, strides, strict=True
        )
    ]
    y = np.empty([len(positions) for positions in starts])
    for (i, top), (j, left) in product(*map(enumerate, starts)):
        window = x[max(top, 0) : top + pool_size[0], max(left, 0) : left + pool_size[1]]
        y[i, j] = reduce(window)
    return y


@pytest.mark.parametrize(("pool", "reduce"), POOLS.values(), ids=POOLS)
@given(seed=st.integers(0, 99), pool_size=pairs, strides=pairs, data=st.data())
def test_each_window_is_reduced_without_its_padding(pool, reduce, seed, pool_size, strides, data):
    sides = [
        (data.draw(st.integers(0, k - 1)), data.draw(st.integers(0, k - 1))) for k in pool_size
    ]
    x = integers(seed, 7, 6)
    y = pool(x, pool_size, strides=strides, padding=sides)
    np.testing.assert_allclose(y, pool_by_loops(x, pool_size, strides, sides, reduce), rtol=1e-15)


@pytest.mark.parametrize("name", ["max", "average", "l2"])
def test_one_dimension_and_two_are_three_with_lengths_of_one(name):
    pool1d, pool2d, pool3d = (getattr(reference, f"{name}_pool{rank}d") for rank in (1, 2, 3))
    x = integers(0, 2, 9, 8, 3)
    y = pool3d(x[:, None], (1, 3, 2), strides=(1, 2, 2), padding="same")[:, 0]
    np.testing.assert_array_equal(pool2d(x, (3, 2), strides=(2, 2), padding="same"), y)
    y = pool2d(x[:, :, :1], (3, 1), strides=(2, 1), padding="same")[:, :, 0]
    np.testing.assert_array_equal(pool1d(x[:, :, 0], 3, strides=2, padding="same"), y)


def test_a_box_of_a_volume_is_pooled():
    x = np.arange(4 * 4 * 4).reshape(4, 4, 4)
    np.testing.assert_array_equal(max_pool3d(x), x[1::2, 1::2, 1::2])


@pytest.mark.parametrize("pool", [max_pool2d, average_pool2d])
def test_channels_and_images_are_pooled_apart(pool):
    x = integers(0, 2, 6, 6, 3)
    y = pool(x, 2)
    assert y.shape == (2, 3, 3, 3)
    np.testing.assert_array_equal(y[1], pool(x[1], 2))
    np.testing.assert_array_equal(y[0, :, :, 2], pool(x[0, :, :, 2], 2))


def test_padding_never_wins_against_negative_values():
    np.testing.assert_array_equal(max_pool1d([-1, -2, -3], 3, strides=1, padding=1), [-1, -1, -2])


@given(st.integers(0, 99), st.integers(-5, 5))
def test_average_pooling_is_linear(seed, factor):
    x, other = integers(seed, 2, 6, 6)
    y = average_pool2d(factor * x + other, 2)
    np.testing.assert_array_equal(y, factor * average_pool2d(x, 2) + average_pool2d(other, 2))


def test_the_first_of_the_largest_gets_the_gradient():
    x = [[1, 2, 2], [2, 0, 2], [0, 0, 0]]
    (to_x,) = max_pool2d_gradients([[1, 10], [100, 1000]], x, 2, strides=1)
    np.testing.assert_array_equal(to_x, [[0, 11, 0], [100, 0, 1000], [0, 0, 0]])


def test_the_norm_of_zeros_has_no_slope():
    (to_x,) = l2_pool2d_gradients([[1.0]], np.zeros((2, 2)))
    np.testing.assert_array_equal(to_x, np.zeros((2, 2)))
    assert l2_pool2d([[1, 1], [1, 1]]) == 2


@given(st.integers(0, 99), st.sampled_from([0.0, 0.25, 0.5, 1.0]))
def test_mixed_pooling_lies_between_maximum_and_mean(seed, mix):
    x = integers(seed, 2, 6, 6, 3)
    expected = mix * max_pool2d(x) + (1 - mix) * average_pool2d(x)
    np.testing.assert_array_equal(mixed_pool2d(x, mix), expected)
    np.testing.assert_array_equal(mixed_pool2d(x, [mix, 0, 1])[..., 0], expected[..., 0])
    np.testing.assert_array_equal(mixed_pool2d(x, [mix, 0, 1])[..., 1], average_pool2d(x)[..., 1])
    np.testing.assert_array_equal(mixed_pool2d(x, [mix, 0, 1])[..., 2], max_pool2d(x)[..., 2])
