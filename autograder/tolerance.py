"""How far a right answer may lie from the reference.

A right answer differs from the float64 reference by rounding only. For an operator that is linear
in each of its arguments that error has a bound, whatever the order of summation: γₙ · magnitude,
with γₙ = nu / (1 − nu), n the number of terms and u the unit roundoff (Higham, *Accuracy and
Stability of Numerical Algorithms*, section 3.1). Magnitude and n come from the reference itself,
called with absolute values and with ones, so nothing here knows any operator.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check
from autograder.protocol import Value

UNIT_ROUNDOFF = {"float16": 2.0**-11, "float32": 2.0**-24, "float64": 2.0**-53}


@dataclass(frozen=True)
class Expected:
    """The right answer to one case, and what bounds the rounding of any right answer.

    `magnitude` and `terms` are given for real-valued cases of multilinear operators; `rtol` for
    answers with a stated tolerance; with neither, only the very value passes.
    """

    value: Value = None
    raises: str = ""
    magnitude: NDArray[np.float64] | None = None
    terms: NDArray[np.float64] | None = None
    rtol: float = 0.0


def expect(check: Check, case: Case) -> Expected:
    """Ask the check's reference for the right answer to a case."""
    try:
        value = check.reference(*widened(case).values())
    except ValueError as error:
        return Expected(raises=str(error) or "ValueError")
    if isinstance(value, np.generic):
        value = np.asarray(value)
    if check.rtol:
        return Expected(value, rtol=check.rtol)
    if case.exact or not check.multilinear:
        return Expected(value)
    magnitude = check.reference(*replaced(check, case, np.abs).values())
    terms = check.reference(*replaced(check, case, np.ones_like).values())
    return Expected(value, magnitude=np.asarray(magnitude), terms=np.asarray(terms))


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


def arrays_of(value: Value) -> Iterator[NDArray[Any]]:
    """The arrays in a value, however deep."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        yield from arrays_of(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays_of(item)


def unit_roundoff(arrays: Iterable[NDArray[Any]]) -> float:
    """The coarsest unit roundoff among floating-point arrays."""
    return max((UNIT_ROUNDOFF.get(array.dtype.name, 0.0) for array in arrays), default=0.0)


def bound(expected: Expected, unit: float) -> NDArray[np.float64]:
    """How far each element of a right answer may lie from the expected one.

    Args:
        unit: the coarsest unit roundoff among inputs, output and arithmetic.
    """
    value = np.asarray(expected.value, np.float64)
    if expected.magnitude is not None and expected.terms is not None:
        # One rounding more than the sum has terms: the result may be stored in a coarser type.
        n = expected.terms + 1
        return n * unit / (1 - n * unit) * expected.magnitude
    largest = np.max(np.abs(value), initial=0.0, where=np.isfinite(value))
    return np.full(value.shape, expected.rtol * largest)
