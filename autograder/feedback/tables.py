"""Arrays as tables of numbers that can be looked at: cut to size, wrong elements marked."""

import math
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.protocol import Array

MOST_ROWS = 10
MOST_COLUMNS = 12

Mask = NDArray[np.bool_]


@dataclass(frozen=True)
class Entry:
    """One number of a table.

    Args:
        mark: "", "wrong", "term" where it counts in a sum, or "rest" where some were left out.
        factor: what it is multiplied with there.
    """

    text: str
    mark: str = ""
    factor: str = ""


REST = Entry("…", "rest")

Row = tuple[Entry, ...]


def rows(array: Array, wrong: Mask | None = None, factors: Array | None = None) -> tuple[Row, ...]:
    """A two-dimensional array, or the part of it around the first element that is marked.

    Args:
        factors: what those elements are multiplied with that count in a sum; NaN for the others.
    """
    if wrong is None:
        wrong = np.zeros(array.shape, bool)
    mask = wrong if factors is None else ~np.isnan(factors)
    first = np.unravel_index(int(mask.argmax()), mask.shape)
    top, left = (
        max(0, min(int(at) - most // 2, size - most))
        for at, most, size in zip(first, (MOST_ROWS, MOST_COLUMNS), array.shape, strict=True)
    )
    part = slice(top, top + MOST_ROWS), slice(left, left + MOST_COLUMNS)
    made = _entries(array[part], wrong[part], None if factors is None else factors[part])
    return tuple(_with_rests(made, array.shape, top, left))


def _entries(array: Array, wrong: Mask, factors: Array | None) -> list[Row]:
    if factors is None:
        factors = np.full(array.shape, np.nan)
    parts = (part.tolist() for part in (array, wrong, factors))
    return [
        tuple(_entry(*cell) for cell in zip(*row, strict=True)) for row in zip(*parts, strict=True)
    ]


def _entry(value: float | int | bool, wrong: bool, factor: float) -> Entry:
    if math.isnan(factor):
        return Entry(number(value), "wrong" if wrong else "")
    return Entry(number(value), "term", f"·{signed(factor)}")


def _with_rests(entries: list[Row], shape: tuple[int, ...], top: int, left: int) -> Iterator[Row]:
    """The rows, with dots where some of the array is left out."""
    before = (REST,) if left else ()
    after = (REST,) if left + len(entries[0]) < shape[1] else ()
    dots = (REST,) * (len(entries[0]) + len(before) + len(after))
    if top:
        yield dots
    for row in entries:
        yield (*before, *row, *after)
    if top + len(entries) < shape[0]:
        yield dots


def number(value: float | int | bool) -> str:
    """An element in a few characters: 17 for 17.0, four digits else."""
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, int) and abs(value) < 10**9:
        return str(value)
    if math.isfinite(value) and value == round(value) and abs(value) < 10**6:
        return str(round(value))
    return f"{value:.4g}"


def signed(value: float) -> str:
    """A number as it stands in a sum or product."""
    text = number(value)
    return f"({text})" if text.startswith("-") else text
