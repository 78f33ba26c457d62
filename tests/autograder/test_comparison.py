"""The first thing wrong is the first thing said."""

import numpy as np
import pytest

from autograder.comparison import compare
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


def test_a_summary_never_tells_a_value():
    for observed, value, _, summary in COMPLAINTS:
        complaint = compare(observed, Expected(value), FLOAT32)
        assert not any(
            digit in complaint.summary.removeprefix("second of 2 values") for digit in "0123456789"
        ), summary
