"""Whether two answers to the same request agree."""

from collections.abc import Iterable
from typing import Any

import numpy as np

from autograder.protocol import Value

RTOL = 1e-4
"""Threads may add up in another order each time; what is random differs by far more."""


def unlike(first: Value, second: Value, parts: Iterable[str]) -> list[str]:
    """The parts whose answers differ by more than rounding."""
    return [part for part in parts if not _same(_of(first, part), _of(second, part))]


def _of(answer: Value, part: str) -> Any:
    """What was observed of a part; what was printed meanwhile does not count."""
    parts = answer.get("parts") if isinstance(answer, dict) else None
    own = parts.get(part) if isinstance(parts, dict) else answer
    return (own.get("outcome"), own.get("value")) if isinstance(own, dict) else None


def _same(first: Value, second: Value) -> bool:
    if isinstance(first, np.ndarray) and isinstance(second, np.ndarray):
        return _same_arrays(first, second)
    if isinstance(first, float) and isinstance(second, float):
        return _same_arrays(np.asarray(first), np.asarray(second))
    if type(first) is not type(second):
        return False
    if isinstance(first, dict):
        return first.keys() == second.keys() and all(_same(first[k], second[k]) for k in first)
    if isinstance(first, list | tuple):
        return len(first) == len(second) and all(map(_same, first, second))
    return bool(first == second)


def _same_arrays(first: Any, second: Any) -> bool:
    if first.shape != second.shape or first.dtype.kind != second.dtype.kind:
        return False
    if first.dtype.kind != "f":
        return np.array_equal(first, second)
    largest = float(np.max(np.abs(first), initial=0.0, where=np.isfinite(first)))
    return np.allclose(first, second, RTOL, RTOL * largest, equal_nan=True)
