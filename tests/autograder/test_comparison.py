"""The first thing wrong is the first thing said."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.comparison import compare
from autograder.protocol import DTYPES
from autograder.tolerance import ARITHMETICS, Expected, bound

FLOAT32 = ARITHMETICS["float32"]

THREE = np.array([[12.0, 12, 17], [10, 17, 19], [9, 6, 14]])


def changed(index, value):
    array = THREE.copy()
    array[index] = value
    return array


@pytest.mark.parametrize(
    ("observed", "value"),
    [
        (THREE, THREE),
        (THREE.astype(np.float32), THREE),
        (THREE.astype(int), THREE),
        (np.array(3, np.float32), 3),
        (3.0, 3),
        (np.array([[[3.0]]]), 3),
        ((1, 2.0), (1, 2)),
        ([1, 2], (1, 2)),
        (np.array([1, 2]), (1, 2)),
        ("valid", "valid"),
        (True, True),
        (np.array(True), True),
        (True, np.array(True)),
        (None, None),
        (np.array([np.nan, np.inf]), np.array([np.nan, np.inf])),
        (np.zeros((0, 3)), np.zeros((0, 3))),
    ],
)
def test_a_right_answer_has_no_complaint(observed, value):
    assert compare(observed, Expected(value), FLOAT32) is None


COMPLAINTS = [
    (THREE[:2], THREE, "the shape is (2, 3), expected (3, 3)", "a wrong shape"),
    (
        THREE.tolist(),
        THREE,
        "got a list of 3, expected an array of shape (3, 3); return numpy.array(...)",
        "a result of the wrong kind",
    ),
    (
        None,
        THREE,
        "got None, expected an array of shape (3, 3); is there a return?",
        "a result of the wrong kind",
    ),
    (
        THREE.astype(np.float16),
        THREE,
        "the result is float16, which keeps 3 digits; expected float32 or float64",
        "a wrong dtype",
    ),
    (
        changed((0, 2), 5),
        THREE,
        "element [0, 2] is 5, expected 17; 1 of 9 elements is wrong, in a corner",
        "wrong values, in a corner",
    ),
    (
        changed((1, 1), np.nan),
        THREE,
        "element [1, 1] is nan, expected 17; 1 of 9 elements is wrong",
        "wrong values",
    ),
    (
        -THREE,
        THREE,
        "element [0, 0] is -12, expected 12; 9 of 9 elements are wrong, all of them; "
        "the sign is reversed",
        "wrong values, all of them",
    ),
    (
        np.array([1, 2]),
        np.array([1.5, 2.0]),
        "element [0] is 1, expected 1.5; 1 of 2 elements is wrong, "
        "in the first place; the result is int64, so fractions are lost",
        "wrong values, in the first place",
    ),
    (np.array([5]), np.array([4.0]), "element [0] is 5, expected 4", "wrong values"),
    (2.5, 3, "got 2.5, expected 3", "a wrong number"),
    (
        10**400,
        3,
        "got an integer beyond all floats, expected a number",
        "a result of the wrong kind",
    ),
    ([3], 3, "got a list of 1, expected a number", "a result of the wrong kind"),
    (True, 1, "got True, expected a number", "a result of the wrong kind"),
    (1, True, "got the number 1, expected True", "a result of the wrong kind"),
    (
        (1, 2, 3),
        (1, 2),
        "got a tuple of 3, expected 2 values in a tuple",
        "a result of the wrong kind",
    ),
    ((1, 3), (1, 2), "second of 2 values: got 3, expected 2", "second of 2 values: a wrong number"),
    (
        (1, 2),
        THREE,
        "got a tuple of 2, expected an array of shape (3, 3); return numpy.array(...)",
        "a result of the wrong kind",
    ),
    (
        np.float32(5).reshape(()),
        THREE,
        "got the number 5, expected an array of shape (3, 3)",
        "a result of the wrong kind",
    ),
    (
        THREE,
        3,
        "got an array of float64 with shape (3, 3), expected a number",
        "a result of the wrong kind",
    ),
    (None, 3, "got None, expected a number; is there a return?", "a result of the wrong kind"),
    (
        THREE,
        (THREE, THREE),
        "got an array of float64 with shape (3, 3), expected 2 values in a tuple",
        "a result of the wrong kind",
    ),
    (
        THREE.T[:, :2],
        THREE[:2],
        "the values are right, but axes 0 and 1 are exchanged: shape (3, 2), expected (2, 3)",
        "two axes are exchanged",
    ),
    (
        THREE > 12,
        THREE,
        "element [0, 0] is False, expected 12; the worst, [1, 2], is True, expected 19; "
        "9 of 9 elements are wrong, all of them; the result is bool; expected numbers",
        "wrong values, all of them",
    ),
    (
        THREE + 2,
        THREE,
        "element [0, 0] is 14, expected 12; 9 of 9 elements are wrong, all of them; "
        "each of these is 2 too large",
        "wrong values, all of them",
    ),
    (
        {"a": 1},
        THREE,
        "got a dict of 1, expected an array of shape (3, 3)",
        "a result of the wrong kind",
    ),
]


@pytest.mark.parametrize(("observed", "value", "message", "summary"), COMPLAINTS)
def test_a_wrong_answer_is_told_with_both_values(observed, value, message, summary):
    complaint = compare(observed, Expected(value), FLOAT32)
    assert complaint is not None
    assert (complaint.message, complaint.summary) == (message, summary)


@pytest.mark.parametrize("index", [(0, 0), (1, 2), (2, 2)])
def test_one_element_moved_by_four_bounds_is_wrong_and_by_one_is_right(index):
    expected = Expected(THREE, magnitude=np.abs(THREE), terms=np.full((3, 3), 8.0))
    allowed = bound(expected, FLOAT32)[index]
    assert compare(changed(index, THREE[index] + 0.99 * allowed), expected, FLOAT32) is None
    assert compare(changed(index, THREE[index] + 4 * allowed), expected, FLOAT32) is not None


def test_a_result_that_was_bfloat16_is_refused_by_its_name():
    complaint = compare(THREE.astype(np.float32), Expected(THREE), FLOAT32, dtype="bfloat16")
    said = "the result is bfloat16, which keeps 2 digits; expected float32 or float64"
    assert (complaint.message, complaint.summary) == (said, "a wrong dtype")


def test_the_worst_element_is_that_of_the_largest_error_over_its_bound():
    magnitude = np.array([1.0, 1.0, 1e6, 1.0])
    expected = Expected(np.zeros(4), magnitude=magnitude, terms=np.ones(4))
    complaint = compare(np.array([1.0, 0.0, 9.0, 2.0]), expected, FLOAT32)
    assert "element [0] is 1, expected 0; the worst, [3], is 2, expected 0; 3 of 4" in (
        complaint.message
    )


def test_without_a_bound_only_the_very_value_passes():
    expected = Expected(np.ones(2), magnitude=np.full(2, np.inf), terms=np.full(2, 2.0**30))
    assert compare(np.ones(2), expected, FLOAT32) is None
    assert compare(np.array([1, 1.5]), expected, FLOAT32) is not None


def test_the_second_array_of_a_tuple_is_no_batch_of_images():
    kernel = np.arange(24.0).reshape(2, 2, 2, 3)
    wrong = kernel + np.array([0, 5, 0])
    complaint = compare((THREE, wrong), Expected((THREE, kernel)), FLOAT32)
    assert "second of 2 values: " in complaint.message
    assert "all in slice 1 of axis 3" in complaint.message


NUMERIC = st.sampled_from(sorted(DTYPES))
ARRAYS = hnp.arrays(NUMERIC, hnp.array_shapes(min_dims=0, max_dims=5, min_side=0, max_side=3))
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda items: (
        st.lists(items, max_size=9)
        | st.lists(items, max_size=9).map(tuple)
        | st.dictionaries(st.text("ab"), items, max_size=2)
    ),
    max_leaves=9,
)
RIGHT = [3, 2.5, np.inf, "same", True, None, THREE, np.arange(24).reshape(2, 3, 4, 1), (1,) * 9]


@given(VALUES, st.sampled_from([*RIGHT, (THREE, 3)]))
def test_no_value_is_too_odd_to_be_judged(observed, value):
    complaint = compare(observed, Expected(value), FLOAT32)
    assert complaint is None or (complaint.message and "\n" not in complaint.message)


SIDES = hnp.array_shapes(max_dims=4, max_side=4).flatmap(
    lambda shape: st.tuples(
        hnp.arrays(float, shape, elements=st.integers(-3, 3).map(float)),
        hnp.arrays(
            st.sampled_from(["int64", "int8", "float32", "float64"]),
            shape,
            elements=st.integers(-3, 3),
        ),
    )
)


@given(SIDES)
def test_values_that_differ_are_always_complained_about_and_the_same_never(sides):
    value, observed = sides
    complaint = compare(observed, Expected(value), FLOAT32)
    assert (complaint is None) == (observed.tolist() == value.tolist())


def test_a_summary_never_tells_a_value():
    for observed, value, _, summary in COMPLAINTS:
        complaint = compare(observed, Expected(value), FLOAT32)
        assert not any(
            digit in complaint.summary.removeprefix("second of 2 values") for digit in "0123456789"
        ), summary


def test_what_is_nearly_right_is_told_as_such_and_needs_no_hint():
    value = np.float64([1000, 10, -3])
    near = compare(value.astype(np.float16) + np.float32([0.3, 0, 0]), Expected(value), FLOAT32)
    assert near.message.endswith(
        "all are nearly right: is something rounded, or computed in float16?"
    )
    assert not near.hinted
    far = compare(value + np.array([30, 0, 0]), Expected(value), FLOAT32)
    assert "nearly" not in far.message
    assert far.hinted


@pytest.mark.parametrize("observed", [[], [1.0], None, "x", 3.0])
def test_what_is_of_the_wrong_kind_needs_no_hint(observed):
    complaint = compare(observed, Expected(np.ones(3)), FLOAT32)
    assert not complaint.hinted
    assert "an empty list" in complaint.message or observed != []
