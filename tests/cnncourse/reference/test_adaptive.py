"""Adaptive pooling by its definition, and pyramids of it."""

from math import ceil, floor

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse import reference
from cnncourse.reference import (
    adaptive_average_pool2d,
    adaptive_max_pool2d,
    adaptive_max_pool2d_gradients,
    spatial_pyramid_pool2d,
)
from tests.cnncourse.reference.arrays import integers

POOLS = {
    "max": (adaptive_max_pool2d, np.max),
    "average": (adaptive_average_pool2d, np.mean),
}
lengths = st.tuples(st.integers(1, 9), st.integers(1, 9))


@pytest.mark.parametrize(("pool", "reduce"), POOLS.values(), ids=POOLS)
@given(seed=st.integers(0, 99), size=lengths, asked=lengths)
def test_window_i_of_n_reaches_from_its_floor_to_the_next_ones_ceiling(
    pool, reduce, seed, size, asked
):
    x = integers(seed, *size)
    y = pool(x, asked)
    assert y.shape == asked
    for at in np.ndindex(*asked):
        window = [
            slice(floor(i * n / m), ceil((i + 1) * n / m))
            for i, n, m in zip(at, size, asked, strict=True)
        ]
        assert y[at] == pytest.approx(reduce(x[*window]), rel=1e-14, abs=1e-14)


@pytest.mark.parametrize("name", ["max", "average"])
def test_where_the_windows_divide_the_input_it_is_ordinary_pooling(name):
    for rank in (1, 2, 3):
        x = integers(0, 2, *(6, 4, 8)[:rank], 3)
        pool = getattr(reference, f"{name}_pool{rank}d")(x, 2)
        adaptive = getattr(reference, f"adaptive_{name}_pool{rank}d")(x, (3, 2, 4)[:rank])
        np.testing.assert_array_equal(adaptive, pool)


def test_the_first_of_the_largest_gets_the_gradient():
    (to_x,) = adaptive_max_pool2d_gradients([[5.0]], [[1, 2], [2, 2]], 1)
    np.testing.assert_array_equal(to_x, [[0, 5], [0, 0]])


@given(st.integers(0, 99), lengths)
def test_a_pyramid_is_as_long_for_inputs_of_any_size(seed, size):
    x = integers(seed, 2, *size, 3)
    y = spatial_pyramid_pool2d(x, (1, 2, 3))
    assert y.shape == (2, 3 * (1 + 4 + 9))
    np.testing.assert_array_equal(y[:, :3], x.max(axis=(1, 2)))
    np.testing.assert_array_equal(y[:, 3:6], adaptive_max_pool2d(x, 2)[:, 0, 0])
    np.testing.assert_array_equal(y[:, 6:9], adaptive_max_pool2d(x, 2)[:, 0, 1])
    np.testing.assert_array_equal(y[:, -3:], adaptive_max_pool2d(x, 3)[:, 2, 2])
    np.testing.assert_array_equal(spatial_pyramid_pool2d(x[1], (1, 2, 3)), y[1])
