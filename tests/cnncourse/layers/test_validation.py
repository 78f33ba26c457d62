"""Whole numbers as arguments, from Python and from NumPy."""

import numpy as np
import pytest

from cnncourse.layers import validation
from cnncourse.reference import steps


@pytest.mark.parametrize("counts", [validation.counts, steps.per_axis])
def test_numpy_s_whole_numbers_are_taken(counts):
    taken = counts("strides", (np.int64(2), np.uint8(3)), 2)
    assert taken == (2, 3)
    assert {type(one) for one in taken} == {int}


@pytest.mark.parametrize("count", [validation.count, steps.count])
@pytest.mark.parametrize("value", [True, np.True_, 1.0, np.float64(1), "1", None])
def test_what_is_no_whole_number_is_refused(count, value):
    with pytest.raises(ValueError, match=r"groups is .*; it must be an int of at least 1"):
        count("groups", value)
