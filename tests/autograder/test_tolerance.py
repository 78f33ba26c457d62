"""A right answer passes in every order of summation; a moved element does not."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.tolerance import UNIT_ROUNDOFF, arrays_of, bound, expect, unit_roundoff

DOT = Check("dot", 1, lambda x, w, b: np.tensordot(x, w, 1) + b, multilinear=("x", "w", "b"))


def case(seed, terms, scale, exact=False):
    random = np.random.default_rng(seed)
    x, w, b = (random.normal(size=size) * scale for size in ((3, terms), (terms,), ()))
    inputs = {"x": x, "w": w, "b": b}
    return Case("", {k: np.asarray(v, np.float32) for k, v in inputs.items()}, exact)


def one_by_one(x, w, b):
    total = np.zeros(len(x), np.float32)
    for k in range(x.shape[1]):
        total = total + x[:, k] * w[k]
    return total + b


ORDERS = {
    "matmul": lambda x, w, b: x @ w + b,
    "loop": one_by_one,
    "reversed": lambda x, w, b: one_by_one(x[:, ::-1], w[::-1], b),
    "pairwise": lambda x, w, b: (x * w).sum(-1) + b,
    "bias first": lambda x, w, b: one_by_one(
        np.concatenate([np.ones((len(x), 1), np.float32), x], 1),
        np.concatenate([[b], w]).astype(np.float32),
        np.float32(0),
    ),
}


@pytest.mark.parametrize("order", ORDERS)
@given(st.integers(0, 2**32), st.integers(1, 300), st.sampled_from([1e-5, 1, 1e5]))
def test_every_order_of_summation_in_float32_lies_within_the_bound(order, seed, terms, scale):
    drawn = case(seed, terms, scale)
    expected = expect(DOT, drawn)
    answer = ORDERS[order](*drawn.inputs.values())
    assert answer.dtype == np.float32
    assert np.all(np.abs(answer - expected.value) <= bound(expected, UNIT_ROUNDOFF["float32"]))


@pytest.mark.parametrize("seed", range(20))
def test_float16_arithmetic_lies_outside_it(seed):
    drawn = case(seed, 25, 1)
    expected = expect(DOT, drawn)
    x, w, b = (value.astype(np.float16) for value in drawn.inputs.values())
    error = np.abs((x @ w + b).astype(float) - expected.value)
    assert np.any(error > bound(expected, UNIT_ROUNDOFF["float32"]))


def test_the_bound_is_the_one_of_the_textbook():
    drawn = Case(
        "", {"x": np.float32([[1, -2]]), "w": np.float32([3, 4]), "b": np.float32(5)}, False
    )
    unit = 2.0**-24
    # Three terms and a rounding into the result; |1·3| + |−2·4| + |5| = 16.
    assert bound(expect(DOT, drawn), unit) == pytest.approx(4 * unit / (1 - 4 * unit) * 16)


def test_an_exact_case_allows_nothing():
    drawn = case(1, 5, 1, exact=True)
    assert not bound(expect(DOT, drawn), 1.0).any()


def test_a_stated_tolerance_is_relative_to_the_largest_value():
    check = Check("root", 1, np.sqrt, rtol=0.01)
    expected = expect(check, Case("", {"x": np.array([4.0, 100.0])}))
    np.testing.assert_allclose(bound(expected, 0.0), [0.1, 0.1])


def test_an_error_of_the_reference_is_what_is_expected():
    def refuse(x):
        raise ValueError(f"{x} is too small")

    assert expect(Check("f", 1, refuse), Case("", {"x": 1})).raises == "1 is too small"


def test_the_coarsest_unit_roundoff_counts():
    values = [np.zeros(1), np.zeros(1, np.float32), np.zeros(1, np.int8), 3, None]
    assert unit_roundoff(arrays_of(values)) == 2.0**-24
    assert unit_roundoff([np.zeros(1)]) == 2.0**-53
    assert unit_roundoff(arrays_of({"a": [1, ("x", np.zeros(2, np.float16))]})) == 2.0**-11
    assert unit_roundoff([]) == 0
