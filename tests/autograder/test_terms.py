"""What an answer adds up is found by asking the reference, and it is what loops add up."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import Case, Check, Draw
from autograder.asking import ask
from autograder.bundle import bundle, read, write
from autograder.terms import MOST, with_terms


def correlate(x, kernel, strides, bias):
    """A correlation and a number, by loops."""
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    answer = np.zeros((rows, columns))
    for i, j in np.ndindex(rows, columns):
        answer[i, j] = (x[sh * i : sh * i + kh, sw * j : sw * j + kw] * kernel).sum() + bias[0]
    return answer


CHECK = Check("correlate", 1, correlate, multilinear=("x", "kernel", "bias"))
sizes = st.integers(1, 4)


def factors_of(check, inputs, exact=True):
    (trial,) = ask(replace(check, examples=[Case("one", inputs, exact)]), "01").trials
    return trial.expected[""].factors


@given(st.binary(), st.booleans(), st.tuples(sizes, sizes), st.tuples(sizes, sizes))
def test_factors_are_the_kernel_at_its_place_and_nothing_elsewhere(seed, exact, kernel, more):
    draw = Draw(seed, exact)
    strides = draw.integer(1, 3), draw.integer(1, 3)
    x, kernel, bias = draw.array(*np.add(kernel, more)), draw.array(*kernel), draw.array(1)
    inputs = {"x": x, "kernel": kernel, "strides": strides, "bias": bias}
    found = factors_of(CHECK, inputs, exact)["x"]
    wanted = np.full(found.shape, np.nan)
    for i, j in np.ndindex(wanted.shape[:2]):
        top, left = strides[0] * i, strides[1] * j
        wanted[i, j, top : top + kernel.shape[0], left : left + kernel.shape[1]] = kernel
    np.testing.assert_allclose(found, wanted, rtol=1e-6, atol=1e-12)
    if exact:
        assert found.dtype == np.float32
        np.testing.assert_array_equal(found, wanted)


def test_where_the_kernel_is_zero_the_window_is_seen_nonetheless():
    inputs = {"x": np.eye(3), "kernel": np.zeros((2, 2)), "strides": (1, 1), "bias": np.ones(1)}
    found = factors_of(CHECK, inputs)["x"]
    assert found[0, 1].tolist()[0][1:] == [0, 0]
    assert np.isnan(found[0, 1, :, 0]).all()


X = np.arange(1.0, 5)
NONE = {
    "an answer that is not linear": (lambda x: x**2, X),
    "an answer of several values": (lambda x: (x, x), X),
    "a number": (lambda x: len(x), X),
    "a reference that takes no zeros": (lambda x: 1 / x if x.all() else 1 / 0, X),
    "an error that is asked for": (lambda x: np.zeros((2, 3)).reshape(x.shape), X),
    "too much to look at": (lambda x: x, np.ones(1 + int(MOST**0.5))),
    "more axes than may travel": (lambda x: x, np.ones((1,) * 5)),
    "nothing": (lambda x: x, np.ones(0)),
}


@pytest.mark.parametrize(("reference", "x"), NONE.values(), ids=NONE)
def test_where_nothing_can_be_said_nothing_is(reference, x):
    assert factors_of(Check("f", 1, reference, multilinear=("x",)), {"x": x}) == {}


def test_nothing_is_said_where_no_input_is_said_to_be_linear():
    assert factors_of(Check("f", 1, lambda x: x), {"x": X}) == {}


def test_factors_are_of_public_cases():
    check = Check("f", 1, lambda x: x[::-1], draw=lambda d: {"x": d.array(3)}, multilinear=("x",))
    question = ask(check, "01", b"secret")
    assert [bool(t.expected[""].factors) for t in question.trials] == [True] * 2 + [False] * 4


def test_factors_travel_to_students(tmp_path):
    check = Check("f", 1, lambda x: x[::-1], [Case("one", {"x": X})], multilinear=("x",))
    write(bundle("01", [ask(check, "01")]), tmp_path / "01.npz")
    (trial,) = read(tmp_path / "01.npz").questions[0].trials
    wanted = np.where(np.eye(4)[::-1] == 1, 1, np.nan)
    np.testing.assert_array_equal(trial.expected[""].factors["x"], wanted)


def test_a_layers_output_is_told_and_nothing_else():
    question = ask(
        Check("f", 1, lambda x: 2 * x, [Case("one", {"x": X})], multilinear=("x",)), "01"
    )
    blank = replace(question.trials[0].expected[""], factors={})
    trial = replace(question.trials[0], expected={"forward": blank, "config": blank})
    told = with_terms(question.check, trial).expected
    assert [name for name, one in told.items() if one.factors] == ["forward"]
