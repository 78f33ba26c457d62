"""Gradients of a reference, from nothing but the reference itself.

Central differences in float64: where the reference is linear in an input they are exact up to
rounding, elsewhere good to some nine digits, which is finer than any float32 answer.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check, Draw
from autograder.protocol import Value
from autograder.tolerance import Expected, replaced, widened

STEP = 1e-6

Array = NDArray[Any]


def upstream(shape: Sequence[int]) -> NDArray[np.float32]:
    """What an output's elements are weighted with: whole numbers, the same for every answer."""
    return Draw(b"upstream", exact=True).integers(*shape, low=-3, high=3)


def expect_gradients(
    check: Check, case: Case, names: Sequence[str], weighting: Array
) -> dict[str, Expected]:
    """The gradients of sum(upstream · answer) with respect to some inputs.

    A gradient of a multilinear answer is multilinear itself, and so bounded in the same way.

    Args:
        names: the inputs.
        weighting: what is called upstream, of the answer's shape.
    """
    value = _gradients(check.reference, widened(case), names, weighting)
    if check.rtol:
        return {name: Expected(array, rtol=check.rtol) for name, array in value.items()}
    sizes = _gradients(check.reference, replaced(check, case, np.abs), names, np.abs(weighting))
    ones = np.ones_like(weighting)
    terms = _gradients(check.reference, replaced(check, case, np.ones_like), names, ones)
    return {
        name: Expected(array, magnitude=sizes[name], terms=np.rint(terms[name]))
        for name, array in value.items()
    }


def _gradients(
    reference: Callable[..., Value],
    inputs: Mapping[str, Value],
    names: Sequence[str],
    weighting: Array,
) -> dict[str, Array]:
    return {name: _gradient(reference, inputs, name, weighting) for name in names}


def _gradient(
    reference: Callable[..., Value], inputs: Mapping[str, Value], name: str, weighting: Array
) -> Array:
    """By central differences, one element after another."""
    gradient = np.zeros(inputs[name].shape)

    def total(place: tuple[int, ...], step: float) -> Any:
        moved = inputs[name].copy()
        moved[place] += step
        return (weighting * reference(*{**inputs, name: moved}.values())).sum()

    for place in np.ndindex(gradient.shape):
        step = STEP * max(1.0, abs(inputs[name][place]))
        gradient[place] = (total(place, step) - total(place, -step)) / (2 * step)
    return gradient
