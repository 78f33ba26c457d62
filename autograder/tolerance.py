"""How far a right answer may lie from the reference.

A right answer differs from the float64 reference by rounding only. For an operator that is linear
in each of its arguments that error has a bound, whatever the order of summation: magnitude times
(1 + u)ᵐ − 1 ≤ γₘ = mu / (1 − mu), with m the number of roundings that a term goes through and u the
unit roundoff (Higham, *Accuracy and Stability of Numerical Algorithms*, section 3.1). Magnitude and
number of terms come from the reference itself, called with absolute values and with ones, so
nothing here knows any operator. What is computed with is the judge's word, never the answer's.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Case, Check
from autograder.linearity import counts, divides, replaced, widened
from autograder.protocol import Value

UNIT_ROUNDOFF = {"float16": 2.0**-11, "float32": 2.0**-24, "float64": 2.0**-53}

SINGLE, DOUBLE = UNIT_ROUNDOFF["float32"], UNIT_ROUNDOFF["float64"]

SCALINGS = 3
"""What a term is multiplied with besides its factors where a sum is a mean, 1 / count, times the
count: three roundings more."""

TINY = 2.0**-126
"""float32's smallest normal number: what is smaller may have become zero."""


@dataclass(frozen=True)
class Arithmetic:
    """The unit roundoffs of what an answer may be computed with.

    Args:
        inputs: of the factors of a product; 0 where the inputs are as coarse already.
        sums: of products and their sums.
        result: of the answer as it is stored.
    """

    inputs: float
    sums: float
    result: float

    def given(self, inputs: Value) -> "Arithmetic":
        """What it amounts to on some inputs: finer ones are rounded first, coarser ones count.

        What is no floating-point number may have more digits than any.
        """
        units = [UNIT_ROUNDOFF.get(array.dtype.name, 0.0) for array in arrays_of(inputs)]
        coarsest = max(units, default=0.0)
        rounded = any(unit < self.inputs for unit in units)
        return Arithmetic(
            self.inputs if rounded else 0.0,
            max(self.sums, coarsest),
            max(self.result, coarsest),
        )

    def factor(self, terms: NDArray[Any], degree: int) -> NDArray[np.float64]:
        """The bound over the magnitude, for sums of products of so many factors at most.

        Each rounding is a factor of 1 + u at most: one for each factor as it is read; for a term
        degree − 1 products, terms − 1 additions and `SCALINGS`; and one for the answer as it is
        stored. The reference has errors of its own.
        """
        roundings = terms + (degree - 2 + SCALINGS)
        own = degree * np.log1p(self.inputs) + np.log1p(self.result)
        own = own + roundings * np.log1p(self.sums)
        return np.asarray(np.expm1(own) + np.expm1(roundings * np.log1p(DOUBLE)))


ARITHMETICS = {
    "float32": Arithmetic(SINGLE, SINGLE, SINGLE),
    "float64": Arithmetic(DOUBLE, DOUBLE, DOUBLE),
    "tf32": Arithmetic(2.0**-11, SINGLE, SINGLE),
    "float16": Arithmetic(2.0**-11, SINGLE, 2.0**-11),
    "bfloat16": Arithmetic(2.0**-8, SINGLE, 2.0**-8),
}
"""What devices compute with, and store. A CPU has float32 or finer, and answers in float64 may hold
what was added up in float32: all are judged as float32."""


@dataclass(frozen=True)
class Expected:
    """The right answer to one case, and what bounds the rounding of any right answer.

    `magnitude` and `terms` are given for real-valued cases of multilinear operators, and in how
    many factors they are so at most; `rtol` for answers with a stated tolerance; with neither,
    only the very value passes. `factors` say what the value adds up; see `autograder.terms`.
    """

    value: Value = None
    raises: str = ""
    magnitude: NDArray[np.float64] | None = None
    terms: NDArray[np.float64] | None = None
    degree: int = 2
    rtol: float = 0.0
    factors: Mapping[str, NDArray[Any]] = field(default_factory=dict)


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
    divided = bool(check.multilinear) and divides(check, case)
    if not check.multilinear or (case.exact and not divided):
        return Expected(value)
    magnitude = check.reference(*replaced(check, case, np.abs).values())
    terms = counts(check, case) if divided else None
    if terms is None:
        terms = check.reference(*replaced(check, case, np.ones_like).values())
    return Expected(
        value,
        magnitude=np.asarray(magnitude),
        terms=np.asarray(terms),
        degree=len(check.multilinear),
    )


def arrays_of(value: Value) -> Iterator[NDArray[Any]]:
    """The arrays in a value, however deep."""
    if isinstance(value, np.ndarray):
        yield value
    elif isinstance(value, Mapping):
        yield from arrays_of(list(value.values()))
    elif isinstance(value, list | tuple):
        for item in value:
            yield from arrays_of(item)


def bound(expected: Expected, arithmetic: Arithmetic) -> NDArray[np.float64]:
    """How far each element of a right answer may lie from the expected one.

    Where that is infinite or no number, only the very same is right. Of operators of two factors on
    normal numbers, products and sums below `TINY` may each have become zero.

    Args:
        arithmetic: what the answer may have been computed with, on the case's inputs.
    """
    value = np.asarray(expected.value, np.float64)
    if expected.magnitude is not None and expected.terms is not None:
        relative = arithmetic.factor(expected.terms, expected.degree)
        allowed = relative * expected.magnitude + 2 * expected.terms * TINY
        return np.where(np.isfinite(value), allowed, 0.0)
    largest = np.max(np.abs(value), initial=0.0, where=np.isfinite(value))
    return np.full(value.shape, expected.rtol * largest)
