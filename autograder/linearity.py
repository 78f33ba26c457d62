"""What a reference does to single numbers: how an answer that is linear in an input depends on it.

All of it is found by calling the reference, so nothing here knows any operator.
"""

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check
from autograder.protocol import Array, Value

MOST = 4_096
"""Elements of an input for which its reference is called one by one."""


def divides(check: Check, case: Case) -> bool:
    """Whether a right answer is more than a sum of products: a mean, or scaled by a fraction.

    Of integers a sum of products is an integer, whatever its order; a mean of them seldom is, and
    then right answers differ by rounding. Asked with a few inputs of ones and zeros.
    """
    try:
        answers = [_answer(check, inputs) for inputs in _probes(check, case)]
    except Exception:  # a reference need not take what it was not made for
        return False
    return any(np.any(one != np.rint(one)) for one in answers if np.all(np.isfinite(one)))


def counts(check: Check, case: Case) -> NDArray[np.float64] | None:
    """How many elements of the first input each element of the answer adds up.

    None where there are too many to look, or the reference does not take ones and zeros.
    """
    name = check.multilinear[0]
    inputs = replaced(check, case, np.ones_like)
    if np.size(inputs[name]) > MOST:
        return None
    try:
        own, constant = response(check, inputs, name)
    except Exception:  # as above
        return None
    added = np.count_nonzero(own, axis=tuple(range(constant.ndim, own.ndim)))
    return np.asarray(added + (constant != 0), np.float64)


def _probes(check: Check, case: Case) -> Iterator[Mapping[str, Value]]:
    """The case's inputs with ones and zeros in the first linear input, and ones in the others."""
    name = check.multilinear[0]
    inputs = replaced(check, case, np.ones_like)
    size = np.size(inputs[name])
    random = np.random.default_rng(size)
    for place in (0, size // 2, size - 1)[:size]:
        yield inputs | {name: _filled(inputs[name], np.arange(size) == place)}
    for _ in range(2):
        yield inputs | {name: _filled(inputs[name], random.random(size) < 0.5)}


def _filled(like: Array, values: NDArray[np.bool_]) -> Array:
    return np.reshape(values.astype(np.float64), np.shape(like))


def _answer(check: Check, inputs: Mapping[str, Value]) -> NDArray[np.float64]:
    return np.asarray(check.reference(*inputs.values()), np.float64)


def response(
    check: Check, inputs: Mapping[str, Value], name: str
) -> tuple[NDArray[np.float64], Array]:
    """What each element of an input adds to the answer if it is 1, and what is there without."""
    blank = np.zeros_like(inputs[name])

    def answer(x: Array) -> Array:
        return np.asarray(check.reference(*{**inputs, name: x}.values()), np.float64)

    constant = answer(blank.copy())
    found = np.empty((blank.size, constant.size))
    for place in range(blank.size):
        blank.flat[place] = 1
        found[place] = (answer(blank.copy()) - constant).ravel()
        blank.flat[place] = 0
    return found.T.reshape(constant.shape + blank.shape), constant


def widened(case: Case) -> dict[str, Value]:
    """A case's inputs in float64."""
    return {name: double(value) for name, value in case.inputs.items()}


def replaced(check: Check, case: Case, change: Any) -> dict[str, Value]:
    """The inputs with the multilinear ones changed, as bounds need them."""
    return {
        name: change(value) if name in check.multilinear else value
        for name, value in widened(case).items()
    }


def double(value: Value) -> Value:
    """The value with its floating-point arrays in float64."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(np.float64)
    if isinstance(value, list):
        return [double(item) for item in value]
    return value
