"""Right answers lie within the bound however they are summed up, and moved ones do not."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.asking import ask
from autograder.comparison import compare
from autograder.examining import examine
from autograder.gradients import expect_gradients, upstream
from autograder.tolerance import ARITHMETICS, TINY, Expected, bound, expect
from autograder.worker.calls import CALLS
from tests.autograder.problems import (
    CHECKS,
    EXACT_WAYS,
    MAGNITUDES,
    MULTILINEAR,
    UNTIMED,
    WAYS,
    answer,
    case,
    complaint,
    one_by_one,
    problems,
    reals,
    unfolded,
    whole,
)

FLOAT32 = ARITHMETICS["float32"]


@pytest.mark.parametrize("way", WAYS)
@UNTIMED
@given(drawn=problems())
def test_a_right_answer_passes_in_every_order_of_summation(way, drawn):
    expected = expect(CHECKS[drawn.name], drawn)
    assert complaint(answer(WAYS[way], drawn), expected, drawn) is None


@UNTIMED
@given(drawn=problems(), way=st.sampled_from(sorted(WAYS)), data=st.data())
def test_one_element_moved_by_four_bounds_fails(drawn, way, data):
    expected = expect(CHECKS[drawn.name], drawn)
    observed = answer(WAYS[way], drawn).astype(np.float64)
    allowed = bound(expected, FLOAT32.given(drawn.inputs))
    place = data.draw(st.sampled_from(list(np.ndindex(observed.shape))))
    observed[place] += data.draw(st.sampled_from([-4, 4])) * allowed[place]
    assert complaint(observed, expected, drawn) is not None


@pytest.mark.parametrize("way", EXACT_WAYS)
@UNTIMED
@given(drawn=problems(whole), data=st.data())
def test_of_whole_numbers_every_order_gives_the_very_number_and_nothing_else_passes(
    way, drawn, data
):
    expected = expect(CHECKS[drawn.name], drawn)
    observed = answer(EXACT_WAYS[way], drawn)
    assert complaint(observed, expected, drawn) is None
    place = data.draw(st.sampled_from(list(np.ndindex(observed.shape))))
    observed[place] = np.nextafter(observed[place], observed.dtype.type(np.inf))
    assert complaint(observed, expected, drawn) is not None


def gradients(case, weighting, step):
    """Of sum(weighting · answer), in float32: each patch adds to what it was cut from."""
    x, kernel = case.inputs["x"], case.inputs["kernel"]
    patches, kernels, _, shape = unfolded(case)
    rows = weighting.reshape(-1, shape[-1])
    of_patches = rows @ kernels.T
    numbers = np.arange(x.size).reshape(x.shape)
    places, *_ = unfolded(replace(case, inputs={**case.inputs, "x": numbers}))
    of_x = np.zeros(x.size, np.float32)
    np.add.at(of_x, places[::step], of_patches[::step])
    of_kernel = one_by_one(patches.T[:, ::step], rows[::step], np.float32(0))
    of_bias = rows[::step].sum(axis=0)
    return {"x": of_x.reshape(x.shape), "kernel": of_kernel.reshape(kernel.shape), "bias": of_bias}


@settings(UNTIMED, max_examples=20)
@given(drawn=problems(), step=st.sampled_from([1, -1]), data=st.data())
def test_gradients_pass_too_in_either_order_and_moved_ones_fail(drawn, step, data):
    weighting = upstream(unfolded(drawn)[-1])
    expected = expect_gradients(CHECKS[drawn.name], drawn, MULTILINEAR, weighting)
    for name, observed in gradients(drawn, weighting, step).items():
        assert complaint(observed, expected[name], drawn) is None, name
        observed = observed.astype(np.float64)
        place = data.draw(st.sampled_from(list(np.ndindex(observed.shape))))
        observed[place] += 4.01 * bound(expected[name], FLOAT32.given(drawn.inputs))[place]
        moved = complaint(observed, expected[name], drawn)
        assert (moved is None) == (observed[place] == expected[name].value[place]), name


def in_bits(array, kept):
    """float32 with so many bits behind the point, rounded to the nearest, ties to even."""
    bits, dropped = array.view(np.uint32), 23 - kept
    last = (bits >> np.uint32(dropped)) & np.uint32(1)
    bits = bits + (np.uint32((1 << (dropped - 1)) - 1) + last)
    return (bits >> np.uint32(dropped) << np.uint32(dropped)).view(np.float32)


def in_half(array):
    return array.astype(np.float16).astype(np.float32)


COARSE = {  # what factors are rounded to, what the result is, and over which magnitudes
    "tf32": (lambda a: in_bits(a, 10), lambda a: a, MAGNITUDES),
    "bfloat16": (lambda a: in_bits(a, 7), lambda a: in_bits(a, 7), MAGNITUDES),
    "float16": (in_half, in_half, (0,)),
}


def test_bits_are_rounded_as_numpy_rounds_them():
    numbers = reals(np.random.default_rng(0), 0, 1000)
    inside = numbers[abs(numbers) > 2.0**-14]  # the smallest normal number of float16
    np.testing.assert_array_equal(in_bits(inside, 10), in_half(inside))
    ties = np.float32([1 + 2**-8, 1 + 3 * 2**-8])
    np.testing.assert_array_equal(in_bits(ties, 7), np.float32([1, 1 + 2**-6]))


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("name", COARSE)
def test_coarse_factors_pass_their_own_formula_and_fail_that_of_float32(name, seed):
    coarse, stored, magnitudes = COARSE[name]
    x = magnitudes[seed % len(magnitudes)]
    drawn = case(list(CHECKS)[seed % 3], seed, (x, -x))
    patches, kernels, bias, shape = unfolded(drawn)
    observed = stored(one_by_one(coarse(patches), coarse(kernels), coarse(bias))).reshape(shape)
    expected = expect(CHECKS[drawn.name], drawn)
    assert complaint(observed, expected, drawn, name) is None
    assert complaint(observed, expected, drawn) is not None


def dot(x, w):
    return (x * w).sum()


def in_bfloat16(x, w):
    return dot(in_bits(x, 7), in_bits(w, 7))


def in_float16(x, w):
    return np.float16(dot(x, w))


@pytest.mark.parametrize(
    ("arithmetic", "answer", "kind"),
    [
        ("float32", dot, "passed"),
        ("float32", in_bfloat16, "failed"),
        ("float32", in_float16, "failed"),
        ("bfloat16", in_bfloat16, "passed"),
        ("bfloat16", dot, "passed"),
    ],
)
def test_the_question_says_what_was_computed_with_and_no_answer_does(arithmetic, answer, kind):
    x, w = reals(np.random.default_rng(0), 0, 2, 9)
    examples = [Case("nine", {"x": x, "w": w}, exact=False)]
    asked = ask(Check("dot", 1, dot, examples=examples, multilinear=("x", "w")), "01")
    verdict = examine(
        replace(asked, arithmetic=arithmetic),
        lambda request: CALLS[request["kind"]](request, {"dot": answer}),
    )
    assert verdict.kind == kind, verdict.message


def flushed(array):
    """As where numbers below the smallest normal one are kept as zero."""
    return np.where(abs(array) < TINY, np.float32(0), array)


@UNTIMED
@given(st.sampled_from(sorted(CHECKS)), st.integers(0, 2**32))
def test_what_becomes_too_small_for_float32_may_be_zero(check, seed):
    drawn = case(check, seed, (-19, -18))
    patches, kernels, bias, shape = unfolded(drawn)
    total = np.zeros(np.prod(shape), np.float32).reshape(-1, len(bias))
    for t in range(patches.shape[1]):
        total = flushed(total + flushed(patches[:, t : t + 1] * kernels[t]))
    observed = flushed(total + bias).reshape(shape)
    assert complaint(observed, expect(CHECKS[check], drawn), drawn) is None


INFINITE = np.array([np.inf, -np.inf, np.nan, 3.0])
KINDS = {
    "exact": Expected(INFINITE),
    "multilinear": Expected(INFINITE, magnitude=abs(INFINITE), terms=np.full(4, 9.0)),
    "with a tolerance": Expected(INFINITE, rtol=1e-3),
}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("observed", "passes"),
    [
        ((np.inf, -np.inf, np.nan, 3), True),
        ((-np.inf, -np.inf, np.nan, 3), False),
        ((1e300, -np.inf, np.nan, 3), False),
        ((np.nan, -np.inf, np.nan, 3), False),
        ((np.inf, np.inf, np.nan, 3), False),
        ((np.inf, 0, np.nan, 3), False),
        ((np.inf, -np.inf, 3, 3), False),
        ((np.inf, -np.inf, np.inf, 3), False),
        ((np.inf, -np.inf, np.nan, np.inf), False),
        ((np.inf, -np.inf, np.nan, np.nan), False),
    ],
)
def test_what_is_not_finite_passes_only_where_the_reference_has_the_same(kind, observed, passes):
    assert (compare(np.array(observed), KINDS[kind], FLOAT32) is None) == passes
