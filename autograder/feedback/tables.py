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
    """One number of a table. `mark` is "", "wrong", or "rest" where some were left out."""

    text: str
    mark: str = ""


REST = Entry("…", "rest")

Row = tuple[Entry, ...]


def rows(array: Array, wrong: Mask | None = None) -> tuple[Row, ...]:
    """A two-dimensional array, or the part of it around the first wrong element."""
    mask = np.zeros(array.shape, bool) if wrong is None else wrong
    first = np.unravel_index(int(mask.argmax()), mask.shape)
    top, left = (
        max(0, min(int(at) - most // 2, size - most))
        for at, most, size in zip(first, (MOST_ROWS, MOST_COLUMNS), array.shape, strict=True)
    )
    window = slice(top, top + MOST_ROWS), slice(left, left + MOST_COLUMNS)
    entries = [
        tuple(Entry(number(v), "wrong" if m else "") for v, m in zip(*row, strict=True))
        for row in zip(array[window].tolist(), mask[window].tolist(), strict=True)
    ]
    return tuple(_with_rests(entries, array.shape, top, left))


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
