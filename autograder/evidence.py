"""A wrong answer that nothing explains, small enough for a list of results.

It is for the instructor, who groups them with `autograder clusters`; pages show nothing of it.
"""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from autograder.likeness import observation
from autograder.protocol import Value
from autograder.questions import Trial

MOST_NUMBERS = 64
LONGEST = 300
DIGITS = 7
"""What float32 keeps."""


def evidence(trial: Trial, part: str, answer: Value) -> dict[str, Any]:
    """What was answered to a case: how it came out, the shape, and the first numbers."""
    observed = observation(answer, part)
    outcome = _text(observed.get("outcome"))
    told: dict[str, Any] = {"case": trial.case.name, "part": part, "outcome": outcome}
    if outcome == "returned":
        value = observed.get("value")
        return told | {"shape": shape(value), "numbers": _first(value)}
    error = observed.get("error")
    said = error if isinstance(error, Mapping) else observed
    message = said.get("message") or said.get("reason")
    return told | {"type": _text(said.get("type")), "message": _text(message)}


def shape(value: Value) -> str:
    """The kind of a value, and the shapes of its arrays: "(3, 4)", "number", "[(3,), number]"."""
    if isinstance(value, np.ndarray):
        return str(value.shape) if value.ndim else "number"
    if isinstance(value, int | float) and not isinstance(value, bool):
        return "number"
    if isinstance(value, list | tuple):
        return _cut(f"[{', '.join(map(shape, value[:MOST_NUMBERS]))}]")
    if isinstance(value, dict):
        return _cut(", ".join(f"{key}: {shape(item)}" for key, item in value.items()))
    return _cut(repr(value)) if isinstance(value, str) else type(value).__name__


def _first(value: Value) -> list[float | str]:
    numbers = _numbers(value)
    return [_plain(one) for one, _ in zip(numbers, range(MOST_NUMBERS), strict=False)]


def _numbers(value: Value) -> Iterator[float]:
    if isinstance(value, np.ndarray):
        yield from map(float, value.reshape(-1)[:MOST_NUMBERS])
    elif isinstance(value, int | float):
        yield _float(value)
    elif isinstance(value, list | tuple | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from _numbers(item)


def _float(number: float) -> float:
    try:
        return float(number)
    except OverflowError:
        return math.inf


def _plain(number: float) -> float | str:
    """JSON has no words for what is no number."""
    return float(f"{number:.{DIGITS}g}") if math.isfinite(number) else str(number)


def _text(value: Value) -> str:
    return _cut(" ".join(value.split())) if isinstance(value, str) else ""


def _cut(text: str) -> str:
    return text[:LONGEST]
