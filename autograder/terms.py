"""What a right answer adds up: the factor of each of an input's elements in each of the answer's.

Where an answer is linear in an input, each of its elements is a sum of products. The factors come
from the reference itself, called with inputs of a single 1, so nothing here knows any operator.
"""

from dataclasses import replace

import numpy as np

from autograder.checks import Case, Check
from autograder.linearity import replaced, response, widened
from autograder.protocol import MAX_RANK, Array, Value
from autograder.questions import Trial

MOST = 4_096
"""Elements of the input times those of the answer: more would be of no use to look at."""

SUMS = ("", "forward")
"""The observations that are what the reference answers."""


def with_terms(check: Check, trial: Trial) -> Trial:
    """The trial, and what its right answers add up, where that can be said."""
    told = {
        name: replace(one, factors=_factors(check, trial.case, one.value)) if name in SUMS else one
        for name, one in trial.expected.items()
    }
    return replace(trial, expected=told)


def _factors(check: Check, case: Case, value: Value) -> dict[str, Array]:
    if not check.multilinear or not isinstance(value, np.ndarray):
        return {}
    name = check.multilinear[0]
    x = np.asarray(case.inputs[name])
    if not 0 < x.size * value.size <= MOST or x.ndim + value.ndim > MAX_RANK:
        return {}
    try:
        return factors(check, case, name, value)
    except Exception:  # a reference need not take what it was not made for
        return {}


def factors(check: Check, case: Case, name: str, value: Array) -> dict[str, Array]:
    """The factors of an input's elements: of the answer's shape and then the input's.

    They are NaN where an element does not count at all, whatever the other inputs are, so that a
    window is seen where a kernel has zeros. Empty if the answer is not linear in the input.
    """
    inputs = widened(case)
    own, constant = response(check, inputs, name)
    if not np.allclose(np.tensordot(own, inputs[name], inputs[name].ndim) + constant, value):
        return {}
    ones = replaced(check, case, np.ones_like)
    counts, _ = response(check, ones, name)
    own[(counts == 0) & (own == 0)] = np.nan
    single = own.astype(np.float32)
    return {name: single if np.array_equal(single, own, equal_nan=True) else own}
