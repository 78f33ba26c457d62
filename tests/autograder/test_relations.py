"""What wrong values have in common, where all of them have it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.places import axes_of
from autograder.relations import Sides, relation

RIGHT = np.array([[7.0, 4, -8, 6], [1, -4, 5, 9], [2, -9, 3, 8], [11, -6, 10, -2]])
LATER, EARLIER = "later than it should", "earlier than it should"


def sides(observed, value=RIGHT, allowed=0.0):
    bounds = np.full(value.shape, allowed)
    with np.errstate(invalid="ignore"):
        wrong = ~(np.abs(observed - value) <= bounds)
    return Sides(np.asarray(observed, float), value, bounds, wrong, axes_of(value.ndim))


def partly(observed, columns):
    """Wrong in some columns, right in the others."""
    array = RIGHT.copy()
    array[:, columns] = np.broadcast_to(observed, RIGHT.shape)[:, columns]
    return array


def moved(axis, by):
    """Moved by one place, with zeros where nothing comes from."""
    array = np.roll(RIGHT, by, axis)
    array[(slice(None),) * axis + (0 if by > 0 else -1,)] = 0
    return array


@pytest.mark.parametrize(
    ("observed", "words"),
    [
        (np.full_like(RIGHT, np.nan), "all of these are nan"),
        (partly(np.nan, [0, 2]), "all of these are nan"),
        (np.full_like(RIGHT, -np.inf), "all of these are infinite"),
        (partly(0, [3]), "all of these are 0"),
        (-RIGHT, "the sign is reversed"),
        (partly(-RIGHT, [1]), "the sign is reversed"),
        (RIGHT.T, "the values are right, but axes 0 and 1 are exchanged"),
        (RIGHT + 2, "each of these is 2 too large"),
        (partly(RIGHT - 0.5, [1]), "each of these is 0.5 too small"),
        (2 * RIGHT, "each of these is twice the right one"),
        (RIGHT / 2, "each of these is half the right one"),
        ((RIGHT / 9).astype(np.float32), "each of these is 0.111111 times the right one"),
        (moved(0, 1), f"each value stands one row {LATER}"),
        (moved(0, -1), f"each value stands one row {EARLIER}"),
        (moved(1, 1), f"each value stands one column {LATER}"),
        (np.roll(RIGHT, -1, 1), f"each value stands one column {EARLIER}"),
    ],
)
def test_a_relation_that_holds_for_all_is_told(observed, words):
    assert relation(sides(observed)) == words


def changed(*places):
    array = RIGHT.copy()
    for index, value in places:
        array[index] = value
    return array


@pytest.mark.parametrize(
    "observed",
    [
        changed(((0, 0), -7.0)),
        changed(((0, 0), 9.0), ((1, 1), -2.0)),
        changed(((0, 0), 9.0), ((1, 1), -2.0), ((2, 2), 6.0)),
        changed(((0, 0), np.nan), ((1, 1), -2.0), ((2, 2), 6.0)),
        -RIGHT + changed(((3, 3), 1.0)) - RIGHT,
    ],
)
def test_one_element_or_two_of_a_kind_or_an_exception_make_no_relation(observed):
    assert relation(sides(observed)) == ""


def test_a_relation_holds_within_the_rounding_that_is_allowed():
    noise = 1e-4 * np.sin(np.arange(16)).reshape(4, 4)
    assert relation(sides(-RIGHT + noise, allowed=1e-3)) == "the sign is reversed"
    assert relation(sides(RIGHT + 2 + noise, allowed=1e-3)).endswith("too large")
    assert relation(sides(-RIGHT + noise, allowed=1e-5)) == ""


NUMBERS = st.floats(width=32) | st.integers(-3, 3).map(float)


@given(
    hnp.array_shapes(max_dims=4, max_side=4).flatmap(
        lambda shape: st.tuples(*[hnp.arrays(float, shape, elements=NUMBERS)] * 2)
    )
)
def test_no_pair_of_arrays_is_too_odd(pair):
    assert isinstance(relation(sides(*pair)), str)
