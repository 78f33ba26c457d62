"""Gradients of a reference, from nothing but the reference itself, in float64.

With respect to an input in which the reference is linear: from what it answers to each element
alone, exact but for one rounding. Elsewhere by central differences, good to some nine digits, which
is finer than any float32 answer.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check, Draw
from autograder.linearity import replaced, widened
from autograder.protocol import Value
from autograder.tolerance import Expected

STEP = 1e-6

LARGE = 2.0**500
"""An element so large that nothing is left beside its products of what is added to them, a bias
say; as a power of two it rounds none of them."""

Array = NDArray[Any]


def upstream(shape: Sequence[int]) -> NDArray[np.float32]:
    """What an output's elements are weighted with: whole numbers, the same for every answer."""
    return Draw(b"upstream", exact=True).integers(*shape, low=-3, high=3)


def expect_gradients(
    check: Check, case: Case, names: Sequence[str], weighting: Array
) -> dict[str, Expected]:
    """The gradients of sum(upstream · answer) with respect to some inputs.

    A gradient of a multilinear answer is multilinear itself, and so bounded in the same way:
    upstream is a factor in the place of the input.

    Args:
        names: the inputs.
        weighting: what is called upstream, of the answer's shape.
    """
    if check.rtol:
        found = {name: _gradient(check, widened(case), name, weighting) for name in names}
        return {name: Expected(array, rtol=check.rtol) for name, array in found.items()}
    return {name: _bounded(check, case, name, weighting) for name in names}


def _bounded(check: Check, case: Case, name: str, weighting: Array) -> Expected:
    sizes, ones = replaced(check, case, np.abs), replaced(check, case, np.ones_like)
    return Expected(
        _gradient(check, widened(case), name, weighting),
        magnitude=_gradient(check, sizes, name, np.abs(weighting)),
        terms=np.rint(_gradient(check, ones, name, np.ones_like(weighting))),
        degree=len(check.multilinear),
    )


def _gradient(check: Check, inputs: Mapping[str, Value], name: str, weighting: Array) -> Array:
    def answer(array: Array) -> Array:
        return np.asarray(check.reference(*{**inputs, name: array}.values()))

    derivatives = _slopes if name in check.multilinear else _differences
    found = [(weighting * one).sum() for one in derivatives(answer, inputs[name])]
    return np.reshape(np.array(found, np.float64), inputs[name].shape)


def _slopes(answer: Callable[[Array], Array], array: Array) -> Iterator[Array]:
    """The derivative with respect to each element of an answer that is linear in the array."""
    nothing = answer(np.zeros(array.shape))
    for place in np.ndindex(array.shape):
        alone = np.zeros(array.shape)
        alone[place] = LARGE
        yield (answer(alone) - nothing) / LARGE


def _differences(answer: Callable[[Array], Array], array: Array) -> Iterator[Array]:
    """The same of any answer."""
    for place in np.ndindex(array.shape):
        step = STEP * max(1.0, abs(float(array[place])))
        above, below = array.copy(), array.copy()
        above[place] += step
        below[place] -= step
        yield (answer(above) - answer(below)) / (2 * step)
