"""The first wrong element is written as the sum that it should be, and its window is framed."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.asking import ask
from autograder.feedback import cards, write_student
from autograder.feedback.panels import panels
from autograder.feedback.products import MOST, explained, line
from autograder.feedback.tables import number
from autograder.results import Difference, Result, Verdict, VerdictKind

X = np.float32([[3, 2, 1, 5], [0, 4, -6, 7]])


def difference(check, observed, **inputs):
    (trial,) = ask(replace(check, examples=[Case("one", inputs)]), "01").trials
    expected = trial.expected[""]
    return Difference("f(x)", inputs, observed, expected.value, expected.factors)


def pairs(x, kernel, bias):
    """Windows of one row and two columns, and a number."""
    return x[:, :-1] * kernel[0] + x[:, 1:] * kernel[1] + bias


PAIRS = Check("pairs", 1, pairs, multilinear=("x", "kernel", "bias"))
GIVEN = {"x": X, "kernel": np.float32([2, -1])}


def wrong_at(*place, by=1.0, bias=0.0):
    bias = np.float32(bias)
    observed = pairs(bias=bias, **GIVEN)
    observed[place] += by
    return difference(PAIRS, observed, **GIVEN, bias=bias)


LINES = [
    (wrong_at(0, 1), "element [0, 1] = 2·2 + 1·(-1) = 3; yours 4"),
    (wrong_at(1, 1, by=-0.5), "element [1, 1] = 4·2 + (-6)·(-1) = 14; yours 13.5"),
    (wrong_at(0, 2, bias=10), "element [0, 2] = 1·2 + 5·(-1) + 10 = 7; yours 8"),
    (wrong_at(0, 2, bias=-10), "element [0, 2] = 1·2 + 5·(-1) + (-10) = -13; yours -12"),
]


@pytest.mark.parametrize(("wrong", "wanted"), LINES, ids=[wanted for _, wanted in LINES])
def test_an_element_is_written_as_the_sum_that_it_should_be(wrong, wanted):
    assert line(wrong) == wanted


def test_of_a_long_sum_the_middle_is_left_out():
    x = np.arange(40.0)
    check = Check("total", 1, lambda x: x.sum(keepdims=True), multilinear=("x",))
    told = line(difference(check, np.zeros(1), x=x))
    assert told.startswith("element [0] = 0·1 + 1·1 + 2·1 + ")
    assert told.endswith(" + … + 39·1 = 780; yours 0")
    assert told.count("·") == MOST - 1


@given(st.integers(0, 1), st.integers(0, 2), st.integers(-9, 9), st.floats(-9, 9, width=32))
def test_the_sum_is_what_it_says(row, column, kernel, bias):
    given = {"x": X, "kernel": np.float32([kernel, 2]), "bias": np.float32(bias)}
    right = pairs(**given)
    observed = right.astype(np.float64)
    observed[row, column] += 99
    told = line(difference(PAIRS, observed, **given))
    terms = told.partition(" = ")[2].rpartition(" = ")[0].replace("·", "*")
    assert sum(map(eval, terms.split(" + "))) == pytest.approx(right[row, column], abs=0.01)


NOTHING = {
    "another shape": wrong_at(0, 1, by=0) and replace(wrong_at(0, 1), observed=X),
    "no array": replace(wrong_at(0, 1), observed=None),
    "text": replace(wrong_at(0, 1), observed=np.array([["a"]])),
    "a right answer": wrong_at(0, 1, by=0),
    "no factors": replace(wrong_at(0, 1), factors={}),
    "factors of another case": replace(wrong_at(0, 1), factors={"x": np.ones((2, 2))}),
    "nothing wrong at all": None,
}


@pytest.mark.parametrize("wrong", NOTHING.values(), ids=NOTHING)
def test_where_no_sum_is_known_nothing_is_said(wrong):
    assert explained(wrong) is None
    assert line(wrong) == ""


ODD = [np.nan, np.inf, -np.inf, 1e308, 1e-320, 0.1, np.uint64(2**63), np.int8(-128), True]


@pytest.mark.parametrize("value", ODD, ids=str)
def test_any_number_can_be_told(value):
    observed = np.full((2, 3), value)
    right = wrong_at(0, 1)
    assert f"yours {number(observed[0, 0].item())}" in line(replace(right, observed=observed))
    large = {**GIVEN, "x": np.full(X.shape, value, np.float64)}
    assert "element [0, 0] = " in line(replace(right, observed=observed - 9.0, inputs=large))


def framed(panel):
    return [
        entry.text + entry.factor for row in panel.rows for entry in row if entry.mark == "term"
    ]


def test_the_window_is_framed_in_its_input():
    x, _, yours, _ = panels(wrong_at(1, 1))
    assert framed(x) == ["4·2", "-6·(-1)"]
    assert x.caption == "float32 (2, 4); framed: what element [1, 1] adds up"
    assert framed(yours) == []


def test_each_channel_that_counts_is_shown():
    x = np.arange(24.0).reshape(1, 3, 2, 4)
    check = Check("mix", 1, lambda x: x[..., :2].sum(axis=(-1, 1)), multilinear=("x",))
    shown = panels(difference(check, np.full((1, 2), -1.0), x=x))[:-2]
    assert [panel.caption.partition(";")[0] for panel in shown] == [
        "float64 (1, 3, 2, 4), slice [0, :, :, 0]",
        "float64 (1, 3, 2, 4), slice [0, :, :, 1]",
    ]
    assert [framed(panel) for panel in shown] == [["0·1", "8·1", "16·1"], ["1·1", "9·1", "17·1"]]


def channels(x, kernel):
    """A valid convolution of one image; the kernel is of height, width, channels, filters."""
    kh, kw = kernel.shape[:2]
    windows = np.lib.stride_tricks.sliding_window_view(x, (kh, kw), axis=(0, 1))
    return np.einsum("hwcij,ijcf->hwf", windows, kernel)


@pytest.mark.parametrize("wrong", [0, 1, 2])
def test_of_a_kernel_those_weights_are_shown_that_the_window_is_multiplied_with(wrong):
    check = Check("channels", 1, channels, multilinear=("x", "kernel"))
    random = np.random.default_rng(1)
    x = random.permutation(40).reshape(4, 5, 2).astype(np.float32)
    kernel = random.permutation(36).reshape(2, 3, 2, 3).astype(np.float32)
    observed = channels(x, kernel)
    observed[1, 1, wrong] += 1
    shown = panels(difference(check, observed, x=x, kernel=kernel))
    weights = [panel for panel in shown if panel.title == "kernel"]
    assert len(weights) == 2
    for channel, panel in enumerate(weights):
        assert panel.caption.endswith(f", slice [:, :, {channel}, {wrong}]")
        numbers = [[float(entry.text) for entry in row] for row in panel.rows]
        assert numbers == kernel[:, :, channel, wrong].tolist()


def test_where_two_parts_of_a_kernel_are_alike_none_is_shown():
    check = Check("channels", 1, channels, multilinear=("x", "kernel"))
    given = {"x": np.ones((3, 3, 1), np.float32), "kernel": np.ones((2, 2, 1, 2), np.float32)}
    shown = panels(difference(check, channels(**given) + 1, **given))
    (weights,) = (panel for panel in shown if panel.title == "kernel")
    assert weights.text
    assert not weights.rows


def test_of_a_large_input_the_window_is_in_sight():
    x = np.zeros((16, 250))
    x[:, -1] = range(16)
    check = Check("last", 1, lambda x: x[-1:, -1], multilinear=("x",))
    (panel, *_) = panels(difference(check, np.zeros(1), x=x))
    assert framed(panel) == ["15·1"]


def test_notebook_terminal_and_page_tell_it(tmp_path, page, fragment):
    wrong = wrong_at(0, 1)
    verdict = Verdict("pairs", VerdictKind.FAILED, 0, 10, "one: wrong", difference=wrong)
    path = write_student(tmp_path, Result("ada", "01", (verdict,)))
    card = fragment(cards.html(verdict, panels(wrong)))
    for text in (cards.text(verdict), card.text, page(path).text):
        assert "element [0, 1] = 2·2 + 1·(-1) = 3; yours 4" in text
    assert "·(-1)" in card.texts
    assert sum("box-shadow" in style for style in card.values("style")) == 2
    assert page(path).values("class").count("term") == 2
    assert not card.foreign() | page(path).foreign()
