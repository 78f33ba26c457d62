"""How far values lie apart does not depend on how they are written down."""

import math

import numpy as np
import pytest

from autograder.likeness import apart, observation, size

A = np.array([[1.0, 2.0], [3.0, 4.0]])

EQUAL = [
    (A, A.astype(np.float32)),
    (A, A.astype(np.int64)),
    (3, np.array(3.0)),
    (3.0, np.array([[[3.0]]], np.float32)),
    ([1, A], (1.0, A.copy())),
    ({"x": A, "w": None}, {"w": None, "x": A}),
    (np.array([np.nan, np.inf, 1]), np.array([np.nan, np.inf, 1])),
    (np.zeros((0, 3)), np.zeros((0, 3), np.float32)),
    (np.zeros(3), np.zeros(3)),
    (np.array([True, False]), np.array([True, False])),
    ("max", "max"),
    (None, None),
]


@pytest.mark.parametrize(("one", "other"), EQUAL, ids=repr)
def test_equal_values_are_not_apart(one, other):
    assert apart(one, other) == apart(other, one) == 0


UNLIKE = [
    (A, A[0]),
    (A, A.tolist()),
    (A, None),
    (1, True),
    (np.array([1, 0]), np.array([True, False])),
    ("1", 1),
    ([1, 2], [1, 2, 3]),
    ({"x": 1}, {"w": 1}),
    (np.array([np.nan, 1]), np.array([0, 1])),
    (np.array([np.inf, 1]), np.array([-np.inf, 1])),
    (np.zeros(3), np.zeros((3, 1))),
]


@pytest.mark.parametrize(("one", "other"), UNLIKE, ids=repr)
def test_values_of_another_kind_or_shape_are_infinitely_apart(one, other):
    assert apart(one, other) == apart(other, one) == math.inf


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (np.array([1.0, 100.0]), np.array([2.0, 100.0]), 0.01),
        (-1.0, 1.0, 2.0),
        (0.0, 1e-30, 1.0),
        ([4.0, np.ones(2)], [4.0, np.array([1.0, 2.0])], 0.5),
    ],
)
def test_differences_are_measured_by_the_largest_number(one, other, expected):
    assert apart(one, other) == pytest.approx(expected)


def test_an_integer_beyond_all_floats_is_no_number_that_equals_another():
    assert apart(10**400, 3) == math.inf


@pytest.mark.parametrize(
    "answer", [None, 3, "returned", {"parts": 3}, {"parts": {"forward": 3}}, {"parts": {}}]
)
def test_a_forged_answer_is_no_observation(answer):
    assert observation(answer, "forward") in ({}, answer)
    assert observation(answer, "forward").get("outcome") is None


def test_sizes_count_numbers_however_deep():
    assert size({"x": [A, 3], "y": None, "z": "text"}) == 5
