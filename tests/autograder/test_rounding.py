"""Right answers lie within the bound however they are summed up, and moved ones do not.

The problems are convolutions and matrix products with a bias, over ten magnitudes; the answers are
NumPy's in many orders of summation, and those of the frameworks that are installed.
"""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.comparison import compare
from autograder.gradients import expect_gradients, upstream
from autograder.tolerance import ARITHMETICS, TINY, Expected, bound, expect
from cnncourse.reference import correlate1d, correlate2d
from tests.conftest import backends

FLOAT32 = ARITHMETICS["float32"]
UNTIMED = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
MULTILINEAR = ("x", "kernel", "bias")
MAGNITUDES = (-30, -23, -16, -9, -3, 3, 9, 16, 23, 30)
"""Of x, as powers of ten; the kernel's are so that float32 holds the products."""

CHECKS = {
    "convolution of a line": Check(
        "conv1d",
        1,
        lambda x, kernel, bias, strides, dilation: (
            correlate1d(x, kernel, strides=strides[0], dilation_rate=dilation[0]) + bias
        ),
        multilinear=MULTILINEAR,
    ),
    "convolution of an image": Check(
        "conv2d",
        1,
        lambda x, kernel, bias, strides, dilation: (
            correlate2d(x, kernel, strides=strides, dilation_rate=dilation) + bias
        ),
        multilinear=MULTILINEAR,
    ),
    "matrix product": Check(
        "dense", 1, lambda x, kernel, bias, *_: x @ kernel + bias, multilinear=MULTILINEAR
    ),
}
AXES = dict(zip(CHECKS, (1, 2, 0), strict=True))


def reals(random, magnitude, *shape):
    """Numbers of either sign over some four powers of ten."""
    drawn = random.normal(size=shape) * 10.0 ** random.uniform(magnitude - 2, magnitude + 2, shape)
    return drawn.astype(np.float32)


def whole(random, _, *shape):
    return random.integers(-4, 5, shape).astype(np.float32)


def case(check, seed, magnitudes=(0, 0), numbers=reals):
    """A problem with a kernel of one element or some more, strides and dilation of their own."""
    random, axes = np.random.default_rng(seed), AXES[check]
    size = random.integers(1, 5, axes)
    strides, dilation = random.integers(1, 4, axes), random.integers(1, 4, axes)
    shape = (size - 1) * dilation + 1 + random.integers(0, 7, axes)
    c_in, c_out = random.integers(1, 9), random.integers(1, 5)
    rows = () if axes else (random.integers(1, 9),)
    x, kernel = magnitudes
    inputs = {
        "x": numbers(random, x, *rows, *shape, c_in),
        "kernel": numbers(random, kernel, *size, c_in, c_out),
        "bias": numbers(random, x + kernel, c_out),
        "strides": tuple(strides.tolist()),
        "dilation": tuple(dilation.tolist()),
    }
    return Case(check, inputs, exact=numbers is whole)


@st.composite
def problems(draw, numbers=reals):
    x = draw(st.sampled_from(MAGNITUDES))
    kernel = draw(st.sampled_from([0, -x // 2, -x]))
    check, seed = draw(st.sampled_from(sorted(CHECKS))), draw(st.integers(0, 2**32))
    return case(check, seed, (x, kernel), numbers)


def unfolded(case):
    """Patches in rows, kernels in columns, the bias, and the shape that the answer has."""
    x, kernel, bias, strides, dilation = case.inputs.values()
    size = kernel.shape[:-2]
    if not size:
        return x, kernel, bias, (len(x), len(bias))
    spans = tuple((k - 1) * d + 1 for k, d in zip(size, dilation, strict=True))
    windows = np.lib.stride_tricks.sliding_window_view(x, spans, tuple(range(len(size))))
    windows = windows[tuple(slice(None, None, step) for step in strides)]
    windows = windows[(..., *(slice(None, None, step) for step in dilation))]
    shape = (*windows.shape[: len(size)], len(bias))
    patches = np.moveaxis(windows, len(size), -1).reshape(-1, kernel[..., 0].size)
    return patches, kernel.reshape(-1, len(bias)), bias, shape


def one_by_one(patches, kernels, start):
    total = np.zeros((len(patches), kernels.shape[1]), patches.dtype) + start
    for t in range(patches.shape[1]):
        total = total + patches[:, t : t + 1] * kernels[t]
    return total


def in_blocks(patches, kernels, bias, block=4):
    parts = [
        one_by_one(patches[:, t : t + block], kernels[t : t + block], 0 * bias)
        for t in range(0, patches.shape[1], block)
    ]
    while len(parts) > 1:
        pairs = zip(parts[::2], [*parts[1::2], 0 * parts[0]], strict=False)
        parts = [first + second for first, second in pairs]
    return parts[0] + bias


def pairwise(patches, kernels, bias):
    return (patches[:, :, np.newaxis] * kernels).sum(axis=1) + bias


def mean_times_count(patches, kernels, bias):
    count = np.float32(patches.shape[1])
    products = patches[:, :, np.newaxis] * kernels
    return (products * (np.float32(1) / count)).sum(axis=1) * count + bias


def in_double(patches, kernels, bias):
    return patches.astype(np.float64) @ kernels.astype(np.float64) + bias


EXACT_WAYS = {
    "loops": lambda p, k, b: one_by_one(p, k, 0 * b) + b,
    "bias first": one_by_one,
    "reversed": lambda p, k, b: one_by_one(p[:, ::-1], k[::-1], 0 * b) + b,
    "im2col": lambda p, k, b: p @ k + b,
    "einsum": lambda p, k, b: np.einsum("rt,tf->rf", p, k) + b,
    "pairwise": pairwise,
    "blocks": in_blocks,
    "float32 sums in a float64 buffer": lambda p, k, b: one_by_one(p, k, b).astype(np.float64),
    "float64": in_double,
    "float64, kept in float32": lambda p, k, b: in_double(p, k, b).astype(np.float32),
}
WAYS = EXACT_WAYS | {"a mean times its count": mean_times_count}


def answer(way, case):
    *unfolding, shape = unfolded(case)
    return way(*unfolding).reshape(shape)


def complaint(observed, expected, case, arithmetic="float32"):
    return compare(observed, expected, ARITHMETICS[arithmetic].given(case.inputs))


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


def gradients(case, weighting):
    """Of sum(weighting · answer), in float32: each patch adds to what it was cut from."""
    x, kernel = case.inputs["x"], case.inputs["kernel"]
    patches, kernels, _, shape = unfolded(case)
    rows = weighting.reshape(-1, shape[-1])
    of_patches = rows @ kernels.T
    numbers = np.arange(x.size).reshape(x.shape)
    places = unfolded(Case("", {**case.inputs, "x": numbers}))[0]
    of_x = np.zeros(x.size, np.float32)
    np.add.at(of_x, places, of_patches)
    of_kernel = (patches.T @ rows).reshape(kernel.shape)
    return {"x": of_x.reshape(x.shape), "kernel": of_kernel, "bias": rows.sum(axis=0)}


@settings(UNTIMED, max_examples=20)
@given(drawn=problems(), data=st.data())
def test_gradients_pass_too_and_moved_ones_fail(drawn, data):
    weighting = upstream(unfolded(drawn)[-1])
    expected = expect_gradients(CHECKS[drawn.name], drawn, MULTILINEAR, weighting)
    for name, observed in gradients(drawn, weighting).items():
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


SCRIPT = Path(__file__).with_name("frameworks.py")
ONEDNN = {"0": "Eigen", "1": "oneDNN"}
RUNS = [
    pytest.param(name, switch, id=f"{name}, {ONEDNN[switch]}" if name == "tensorflow" else name)
    for name in backends()
    for switch in (ONEDNN if name == "tensorflow" else "1")
]


@cache
def asked_of_frameworks():
    """Convolutions over all magnitudes, with strides or dilation, not both; and their upstreams."""
    cases = [wide(3)]
    for seed in range(20):
        x = MAGNITUDES[seed % len(MAGNITUDES)]
        drawn = case("convolution of an image", seed, (x, (0, -x // 2, -x)[seed % 3]))
        name = ("strides", "dilation")[seed % 2]
        cases.append(Case(drawn.name, {**drawn.inputs, name: (1, 1)}, exact=False))
    return [(one, upstream(unfolded(one)[-1])) for one in cases]


def wide(size):
    """What faster algorithms than sums of products are made for, such as Winograd's."""
    random = np.random.default_rng(0)
    shapes = {"x": (14, 14, 16), "kernel": (size, size, 16, 16), "bias": (16,)}
    inputs = {name: reals(random, 0, *shape) for name, shape in shapes.items()}
    inputs |= {"strides": (1, 1), "dilation": (1, 1)}
    return Case("convolution of an image", inputs, exact=False)


@cache
def wanted_of_frameworks():
    return [
        {
            "y": expect(CHECKS[one.name], one),
            **expect_gradients(CHECKS[one.name], one, MULTILINEAR, weighting),
        }
        for one, weighting in asked_of_frameworks()
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "switch"), RUNS)
def test_what_frameworks_answer_passes_and_so_do_their_gradients(framework, switch, tmp_path):
    arrays = {
        f"{name}_{number}": value
        for number, (one, weighting) in enumerate(asked_of_frameworks())
        for name, value in {**one.inputs, "upstream": weighting}.items()
    }
    cases, answers = tmp_path / "cases.npz", tmp_path / "answers.npz"
    np.savez(cases, **arrays)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), framework, str(cases), str(answers)],
        env=os.environ | {"TF_ENABLE_ONEDNN_OPTS": switch},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = np.load(answers)
    assert len(found.files) >= 2 * len(asked_of_frameworks())
    for key in found.files:
        name, number, _ = key.split("_")
        drawn, _ = asked_of_frameworks()[int(number)]
        assert complaint(found[key], wanted_of_frameworks()[int(number)][name], drawn) is None, key
