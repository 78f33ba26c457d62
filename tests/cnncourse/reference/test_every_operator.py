"""Every operator, and its gradients, against Keras and against finite differences."""

import numpy as np
import pytest

from cnncourse import reference
from tests.cnncourse.reference.in_keras import IN_KERAS, differentiated
from tests.cnncourse.reference.operators import CALLS

REARRANGEMENTS = {
    "channels_first",
    "channels_last",
    "kernel_channels_first",
    "kernel_channels_last",
}
"""Between layouts, not layers; nothing flows back through them."""

SAME_FUNCTION = {f"correlate{rank}d_transpose_by_zeros" for rank in (1, 2, 3)}
"""Another way to the numbers of `correlate_transpose`, whose gradients are theirs."""

STEP = 1e-6

every_call = pytest.mark.parametrize("call", CALLS, ids=str)
differentiable = pytest.mark.parametrize(
    "call", [call for call in CALLS if call.operator not in SAME_FUNCTION], ids=str
)


def operators() -> set[str]:
    return {name for name in reference.__all__ if not name.endswith("_gradients")} - REARRANGEMENTS


def gradients(call, upstream):
    name = call.operator.removesuffix("_by_zeros")
    return getattr(reference, f"{name}_gradients")(upstream, *call.arrays, **call.options)


def output(call, arrays=None):
    return getattr(reference, call.operator)(*(arrays or call.arrays), **call.options)


def upstream_for(call):
    return np.random.default_rng(1).normal(size=output(call).shape).astype("float32")


def in_float32(call):
    return [array.astype("float32") for array in call.arrays]


def test_every_operator_is_called_here_and_said_in_keras():
    assert operators() == {call.operator for call in CALLS} == set(IN_KERAS)


def test_every_operator_has_gradients_and_nothing_else_has():
    found = {name.removesuffix("_gradients") for name in reference.__all__} - REARRANGEMENTS
    with_gradients = {name for name in found if f"{name}_gradients" in reference.__all__}
    assert with_gradients == operators() - SAME_FUNCTION


@every_call
def test_it_and_its_gradients_are_those_of_keras(call):
    y, upstream, arrays = output(call), upstream_for(call), in_float32(call)
    its, its_gradients = differentiated(IN_KERAS[call.operator], upstream, arrays, call.options)
    assert y.shape == its.shape
    np.testing.assert_allclose(y, its, rtol=1e-4, atol=1e-5)
    for mine, one, array in zip(gradients(call, upstream), its_gradients, arrays, strict=True):
        assert mine.shape == array.shape
        np.testing.assert_allclose(mine, one, rtol=1e-4, atol=1e-4)


@differentiable
def test_its_gradients_are_finite_differences(call):
    upstream = upstream_for(call).astype("float64")
    found = gradients(call, upstream)
    for number, (array, gradient) in enumerate(zip(call.arrays, found, strict=True)):
        places = some_places(array)
        slopes = [slope(call, upstream, number, at) for at in places]
        np.testing.assert_allclose([gradient[at] for at in places], slopes, rtol=1e-6, atol=1e-7)


def some_places(array):
    """All elements where they are few, else the first, the last and as many in between."""
    every = list(np.ndindex(array.shape))
    return every[:: max(len(every) // 40, 1)] + every[-1:]


def slope(call, upstream, number, at):
    """Of Σ upstream · output, along one element of one of the arrays."""
    ends = []
    for step in (STEP, -STEP):
        arrays = [array.copy() for array in call.arrays]
        arrays[number][at] += step
        ends.append(output(call, arrays))
    return np.sum(upstream * (ends[0] - ends[1])) / (2 * STEP)
