"""A right answer passes in every order of summation; a moved element does not."""

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.tolerance import ARITHMETICS, Arithmetic, bound, expect

DOT = Check("dot", 1, lambda x, w, b: np.tensordot(x, w, 1) + b, multilinear=("x", "w", "b"))
FLOAT32 = ARITHMETICS["float32"]
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
UNIT = 2.0**-24


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
@UNTIMED
@given(st.integers(0, 2**32), st.integers(1, 300), st.sampled_from([1e-5, 1, 1e5]))
def test_every_order_of_summation_in_float32_lies_within_the_bound(order, seed, terms, scale):
    drawn = case(seed, terms, scale)
    expected = expect(DOT, drawn)
    answer = ORDERS[order](*drawn.inputs.values())
    assert answer.dtype == np.float32
    assert np.all(np.abs(answer - expected.value) <= bound(expected, FLOAT32.given(drawn.inputs)))


@pytest.mark.parametrize("seed", range(20))
def test_float16_arithmetic_lies_outside_it(seed):
    drawn = case(seed, 25, 1)
    expected = expect(DOT, drawn)
    x, w, b = (value.astype(np.float16) for value in drawn.inputs.values())
    error = np.abs((x @ w + b).astype(float) - expected.value)
    assert np.any(error > bound(expected, FLOAT32.given(drawn.inputs)))


def test_the_bound_is_the_one_of_the_textbook():
    drawn = Case(
        "", {"x": np.float32([[1, -2]]), "w": np.float32([3, 4]), "b": np.float32(5)}, False
    )
    # Three terms of three factors at most: two products and two sums; three scalings; and one
    # rounding into the result. |1·3| + |−2·4| + |5| = 16.
    wanted = (8 * UNIT + 7 * 2.0**-53) * 16
    given = FLOAT32.given(drawn.inputs)
    assert bound(expect(DOT, drawn), given) == pytest.approx(wanted, rel=1e-6)


def test_an_exact_case_allows_nothing():
    drawn = case(1, 5, 1, exact=True)
    assert not bound(expect(DOT, drawn), ARITHMETICS["bfloat16"]).any()


def test_a_stated_tolerance_is_relative_to_the_largest_value():
    check = Check("root", 1, np.sqrt, rtol=0.01)
    expected = expect(check, Case("", {"x": np.array([4.0, 100.0])}))
    np.testing.assert_allclose(bound(expected, FLOAT32), [0.1, 0.1])


def test_an_error_of_the_reference_is_what_is_expected():
    def refuse(x):
        raise ValueError(f"{x} is too small")

    assert expect(Check("f", 1, refuse), Case("", {"x": 1})).raises == "1 is too small"


@pytest.mark.parametrize(
    ("inputs", "wanted"),
    [
        ({}, (0, UNIT, UNIT)),
        ({"x": np.zeros(1, np.float32), "stride": 3, "mode": None}, (0, UNIT, UNIT)),
        ({"x": np.zeros(1), "w": np.zeros(1, np.float32)}, (UNIT, UNIT, UNIT)),
        ({"x": np.zeros(1, np.int64)}, (UNIT, UNIT, UNIT)),
        ({"x": [np.zeros(1, np.float16), ("w", np.zeros(2, np.float16))]}, (0, 2**-11, 2**-11)),
    ],
)
def test_finer_inputs_are_rounded_and_coarser_ones_count(inputs, wanted):
    assert FLOAT32.given(inputs) == Arithmetic(*wanted)


def test_coarse_factors_are_rounded_before_they_are_multiplied():
    drawn = case(1, 5, 1)
    given = ARITHMETICS["tf32"].given(drawn.inputs)
    assert given == Arithmetic(2**-11, UNIT, UNIT)
    expected = expect(DOT, drawn)
    assert expected.degree == 3
    ratio = bound(expected, given) / expected.magnitude
    np.testing.assert_allclose(ratio, (1 + 2**-11) ** 3 - 1, rtol=1e-3)


def test_a_long_sum_in_float16_has_a_bound_too_though_no_digit_is_certain():
    x = np.ones((1, 3000), np.float16)
    drawn = Case("", {"x": x, "w": np.ones(3000, np.float16), "b": np.float16(0)}, False)
    allowed = bound(expect(DOT, drawn), FLOAT32.given(drawn.inputs))
    assert 3000 < allowed < np.inf


MEANS = {
    "sum, divided": lambda x, k: np.array([w.sum() / np.float32(k) for w in windows(x, k)]),
    "times a third": lambda x, k: np.array([w.sum() * np.float32(1 / k) for w in windows(x, k)]),
    "each divided": lambda x, k: np.array([added(w / np.float32(k)) for w in windows(x, k)]),
    "numpy": lambda x, k: np.array([w.mean(dtype=np.float32) for w in windows(x, k)]),
}


def windows(x, k):
    return np.lib.stride_tricks.sliding_window_view(x, k)


def added(values):
    total = np.float32(0)
    for value in values:
        total += value
    return total


MEAN = Check("mean", 1, lambda x, k: windows(x, k).mean(axis=-1), multilinear=("x",))


@pytest.mark.parametrize("way", MEANS)
@pytest.mark.parametrize("exact", [True, False])
@UNTIMED
@given(st.integers(0, 2**32), st.integers(2, 64))
def test_every_way_to_a_mean_lies_within_the_bound_exact_case_or_not(way, exact, seed, k):
    random = np.random.default_rng(seed)
    x = random.integers(-9, 10, 2 * k) if exact else random.normal(size=2 * k)
    drawn = Case("", {"x": x.astype(np.float32), "k": k}, exact)
    expected = expect(MEAN, drawn)
    answer = MEANS[way](drawn.inputs["x"], k)
    assert answer.dtype == np.float32
    allowed = bound(expected, FLOAT32.given(drawn.inputs))
    assert np.all(np.abs(answer - expected.value) <= allowed)
    assert np.all(allowed <= 2 * (k + 4) * UNIT * (np.abs(x).max() + 1))


def test_what_a_mean_adds_up_is_counted():
    drawn = Case("", {"x": np.ones(20, np.float32), "k": 7}, False)
    assert expect(MEAN, drawn).terms.tolist() == [7.0] * 14


def test_a_sum_of_integers_stays_exact_whatever_it_is_times():
    twice = Check("twice", 1, lambda x: 2 * x.sum(keepdims=True), multilinear=("x",))
    expected = expect(twice, Case("", {"x": np.float32([1, 2, 3])}))
    assert not bound(expected, FLOAT32).any()
