"""Both orders of axes, as S1's formula and Keras write them."""

import numpy as np

from cnncourse.reference import (
    channels_first,
    channels_last,
    correlate2d,
    kernel_channels_first,
    kernel_channels_last,
)

X = np.arange(2 * 5 * 6 * 3.0).reshape(2, 5, 6, 3)
KERNEL = np.arange(2 * 3 * 3 * 4.0).reshape(2, 3, 3, 4)


def test_each_axis_goes_where_its_name_says():
    assert channels_first(X)[1, 2, 3, 4] == X[1, 3, 4, 2]
    assert kernel_channels_first(KERNEL)[3, 2, 0, 1] == KERNEL[0, 1, 2, 3]


def test_there_and_back_changes_nothing():
    np.testing.assert_array_equal(channels_last(channels_first(X)), X)
    np.testing.assert_array_equal(kernel_channels_last(kernel_channels_first(KERNEL)), KERNEL)


def test_one_output_is_the_inner_product_in_either_order():
    patch, weights = channels_first(X)[1, :, 2:4, 1:4], kernel_channels_first(KERNEL)[3]
    assert correlate2d(X, KERNEL)[1, 2, 1, 3] == np.sum(patch * weights)
