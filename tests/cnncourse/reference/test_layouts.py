"""Inputs without a batch axis, or without channels either, have the numbers of a batch of one."""

import numpy as np
import pytest

from cnncourse import reference
from tests.cnncourse.reference.arrays import integers

WITH_KERNEL = ["correlate{}d", "convolve{}d", "correlate{}d_transpose"]
WITHOUT = [
    ("insert_zeros{}d", {}),
    ("max_pool{}d", {}),
    ("average_pool{}d", {}),
    ("l2_pool{}d", {}),
    ("adaptive_max_pool{}d", {"output_size": 2}),
    ("adaptive_average_pool{}d", {"output_size": 2}),
    ("upsample_nearest{}d", {}),
]


def both(name, *arrays, **options):
    """The output and, for an upstream made of it, the gradients."""
    y = getattr(reference, name)(*arrays, **options)
    return y, getattr(reference, f"{name}_gradients")(y % 5, *arrays, **options)


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize(("name", "options"), WITHOUT)
def test_of_operators_without_a_kernel(name, options, rank):
    x = integers(0, *(4, 6, 5)[:rank], 3)
    name = name.format(rank)
    y, (to_x,) = both(name, x, **options)
    batch_y, (batch_to_x,) = both(name, x[np.newaxis], **options)
    np.testing.assert_array_equal(y, batch_y[0])
    np.testing.assert_array_equal(to_x, batch_to_x[0])
    alone_y, (alone_to_x,) = both(name, x[..., 1], **options)
    np.testing.assert_array_equal(alone_y, y[..., 1])
    np.testing.assert_array_equal(alone_to_x, to_x[..., 1])


@pytest.mark.parametrize("rank", [1, 2, 3])
@pytest.mark.parametrize("name", WITH_KERNEL)
def test_of_operators_with_a_kernel(name, rank):
    x, kernel = integers(0, *(4, 6, 5)[:rank], 2), integers(0, *(2, 3, 2)[:rank], 2, 2)
    name = name.format(rank)
    y, (to_x, to_kernel) = both(name, x, kernel)
    batch_y, (batch_to_x, batch_to_kernel) = both(name, x[np.newaxis], kernel)
    np.testing.assert_array_equal(y, batch_y[0])
    np.testing.assert_array_equal(to_x, batch_to_x[0])
    np.testing.assert_array_equal(to_kernel, batch_to_kernel)

    image, alone = x[..., 0], kernel[..., 0, 0]
    y, (to_x, to_kernel) = both(name, image, alone)
    wide_y, (wide_to_x, wide_to_kernel) = both(
        name, image[..., np.newaxis], alone[..., np.newaxis, np.newaxis]
    )
    np.testing.assert_array_equal(y, wide_y[..., 0])
    np.testing.assert_array_equal(to_x, wide_to_x[..., 0])
    np.testing.assert_array_equal(to_kernel, wide_to_kernel[..., 0, 0])
