"""A wrong shape is told with both shapes, and by its name where it has one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.shapes import wrong_shape

BATCH = np.arange(2 * 6 * 5 * 3).reshape(2, 6, 5, 3)
IMAGE = BATCH[0]
PICTURE = IMAGE[..., 0]


def complain(observed, value):
    return wrong_shape(observed, value, lambda own: np.array_equal(own, value))


@pytest.mark.parametrize(
    ("observed", "value", "message", "summary"),
    [
        (
            np.moveaxis(BATCH, -1, 1),
            BATCH,
            "the values are right, but channels come first, "
            "not as in (batch, height, width, channels)",
            "channels come first",
        ),
        (
            np.moveaxis(IMAGE, -1, 0) + 1,
            IMAGE,
            "channels come first, not as in (height, width, channels)",
            "channels come first",
        ),
        (
            PICTURE.T,
            PICTURE,
            "the values are right, but axes 0 and 1 are exchanged",
            "two axes are exchanged",
        ),
        (PICTURE.T + 1, PICTURE, "axes 0 and 1 are exchanged", "two axes are exchanged"),
        (
            BATCH.swapaxes(1, 2),
            BATCH,
            "the values are right, but axes 1 and 2 are exchanged",
            "two axes are exchanged",
        ),
        (
            BATCH.transpose(3, 2, 0, 1),
            BATCH,
            "the values are right, but the axes are in another order",
            "the axes are in another order",
        ),
        (IMAGE, BATCH, "axis 0, the batch, is missing", "an axis is missing"),
        (IMAGE, IMAGE[np.newaxis], "axis 0, the batch, is missing", "an axis is missing"),
        (PICTURE, PICTURE[..., np.newaxis], "axis 2 is missing", "an axis is missing"),
        (np.zeros(5), np.zeros((5, 5)), "an axis of size 5 is missing", "an axis is missing"),
        (PICTURE[..., np.newaxis], PICTURE, "axis 2 is one too many", "an axis too many"),
        (IMAGE[np.newaxis], IMAGE, "axis 0 is one too many", "an axis too many"),
        (
            PICTURE.ravel(),
            PICTURE,
            "all values lie in one row; reshape it",
            "the values lie in one row",
        ),
        (np.zeros(7), PICTURE, "too few axes, 1 for 2", "too few axes"),
        (np.zeros((2, 2, 2)), PICTURE, "too many axes, 3 for 2", "too many axes"),
    ],
)
def test_a_wrong_shape_that_has_a_name_is_told_by_it(observed, value, message, summary):
    complaint = complain(observed, value)
    both = f"shape {observed.shape}, expected {value.shape}"
    assert (complaint.message, complaint.summary) == (f"{message}: {both}", summary)


def test_any_other_shape_is_told_beside_the_right_one():
    complaint = complain(PICTURE[1:], PICTURE)
    assert complaint.message == "the shape is (5, 5), expected (6, 5)"
    assert complaint.summary == "a wrong shape"


def test_right_values_decide_between_two_orders_of_one_shape():
    value = np.arange(4 * 4 * 3).reshape(4, 4, 3)
    assert "channels come first" in complain(np.moveaxis(value, -1, 0), value).message
    assert "axes 0 and 2 are exchanged" in complain(value.swapaxes(0, 2), value).message


@given(st.data(), hnp.array_shapes(min_dims=1, max_dims=8, max_side=3))
def test_every_wrong_shape_is_complained_about_and_no_right_one(data, shape):
    other = data.draw(hnp.array_shapes(min_dims=1, max_dims=8, max_side=3))
    complaint = complain(np.zeros(other), np.ones(shape))
    assert (complaint is None) == (shape == other)
