"""How far two answers to the same request lie apart, whoever wrote them and in whatever style."""

import math
from typing import Any

import numpy as np

from autograder.protocol import Array, Value


def observation(answer: Value, part: str) -> dict[str, Value]:
    """What was observed of a part, or of the whole; what was printed meanwhile is no part of it."""
    parts = answer.get("parts") if isinstance(answer, dict) else None
    own = parts.get(part) if isinstance(parts, dict) else answer
    return own if isinstance(own, dict) else {}


def apart(first: Value, second: Value) -> float:
    """The largest difference of two values over the largest number in them.

    It is 0 where they are equal, whatever the widths of their numbers, and infinite where they
    differ in kind or shape. A number may be a scalar or an array of one element.
    """
    if _is_numeric(first) and _is_numeric(second):
        return _numbers_apart(np.asarray(first), np.asarray(second))
    if isinstance(first, dict) and isinstance(second, dict):
        if first.keys() != second.keys():
            return math.inf
        return max((apart(first[key], second[key]) for key in first), default=0.0)
    if isinstance(first, list | tuple) and isinstance(second, list | tuple):
        if len(first) != len(second):
            return math.inf
        return max(map(apart, first, second), default=0.0)
    same = type(first) is type(second) and not _is_numeric(first) and first == second
    return 0.0 if same else math.inf


def _is_numeric(value: Value) -> bool:
    return isinstance(value, int | float | np.ndarray)


def _numbers_apart(first: Array, second: Array) -> float:
    if 0 in (first.ndim, second.ndim) and first.size == second.size == 1:
        first, second = first.reshape(()), second.reshape(())
    kinds = {first.dtype.kind, second.dtype.kind}
    if first.shape != second.shape or not (kinds <= set("fiu") or kinds == {"b"}):
        return math.inf
    one, two = _double(first), _double(second)
    return _relative(one, two)


def _double(array: Array) -> Any:
    try:
        return array.astype(np.float64)
    except (OverflowError, TypeError, ValueError):  # an integer beyond all floats
        return np.full(array.shape, np.nan)


def _relative(one: Any, two: Any) -> float:
    finite = np.isfinite(one) & np.isfinite(two)
    if not np.array_equal(one[~finite], two[~finite], equal_nan=True):
        return math.inf
    if not finite.any():
        return 0.0
    one, two = one[finite], two[finite]
    largest = float(max(np.abs(one).max(), np.abs(two).max()))
    return float(np.abs(one - two).max()) / largest if largest else 0.0


def size(value: Value) -> int:
    """How many numbers a value holds, however deep."""
    if _is_numeric(value):
        return int(np.size(value))
    items = value.values() if isinstance(value, dict) else value
    return sum(map(size, items)) if isinstance(value, dict | list | tuple) else 0
