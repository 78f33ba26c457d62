"""The first wrong element of an answer as the sum of products that it should be."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from autograder.feedback.marks import first, is_array, marked
from autograder.feedback.tables import Mask, number, signed
from autograder.protocol import Array
from autograder.results import Difference

MOST = 16
"""Products that are written out; of more the first ones and the last one."""

CLOSE = 1e-9
"""What products leave of a sum is rounding up to this part of its terms."""


@dataclass(frozen=True)
class Sum:
    """What one element of an answer adds up.

    Args:
        name: the input whose elements are multiplied.
        place: the element's.
        factors: of the input's shape; NaN where an element of it does not count.
        line: the sum in words.
    """

    name: str
    place: tuple[int, ...]
    factors: Array
    line: str

    @property
    def window(self) -> Mask:
        """The input's elements that count."""
        return ~np.isnan(self.factors)


def explained(difference: Difference | None) -> Sum | None:
    """The first wrong element, where it is known what it should add up."""
    if difference is None or not difference.factors:
        return None
    name, factors = next(iter(difference.factors.items()))
    x, observed, expected = difference.inputs[name], difference.observed, difference.expected
    if not (is_array(x) and is_array(observed) and is_array(expected)):
        return None
    wrong = marked(observed, expected)
    if wrong is None or not wrong.any() or factors.shape != expected.shape + x.shape:
        return None
    place = first(wrong)
    if np.isnan(factors[place]).all():
        return None
    total = number(expected[place].item())
    terms = " + ".join(_terms(x, factors[place], float(expected[place])))
    line = f"element {list(place)} = {terms} = {total}; yours {number(observed[place].item())}"
    return Sum(name, place, factors[place], line)


def line(difference: Difference | None) -> str:
    """That sum in words, or nothing."""
    found = explained(difference)
    return found.line if found else ""


def _terms(x: Array, factors: Array, total: float) -> Iterator[str]:
    """The products in the input's order, and what is added to them."""
    counts = ~np.isnan(factors)
    pairs = list(zip(x[counts].tolist(), factors[counts].tolist(), strict=True))
    products = [f"{signed(one)}·{signed(other)}" for one, other in pairs]
    cut = len(products) > MOST
    yield from [*products[: MOST - 2], "…", products[-1]] if cut else products
    values = [one * other for one, other in pairs]
    rest = total - sum(values)
    if abs(rest) > CLOSE * max(abs(total), sum(map(abs, values))):
        yield signed(rest)
