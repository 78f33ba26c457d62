"""An answer beside the right one: the complaint in words, or `None`.

Kind first, then shape, then dtype, then values, so that the first thing said is the first thing
to mend.
"""

from dataclasses import dataclass

import numpy as np

from autograder.complaints import Complaint, show, wrong_kind
from autograder.places import Mask, axes_of, place
from autograder.protocol import Array, Value
from autograder.relations import Numbers, Sides, relation
from autograder.shapes import wrong_shape
from autograder.tolerance import Arithmetic, Expected, bound

ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")

COARSE = 2.0**-9
"""What an answer that was computed with float16's digits differs by, relative to its largest value;
what is a mistake differs by more, as a rule."""

DIGITS = {"float16": 3, "bfloat16": 2}
"""How many decimal digits a type keeps that is too coarse for an answer."""


@dataclass(frozen=True)
class Asked:
    """What an answer is held against, as `compare` is told."""

    expected: Expected
    arithmetic: Arithmetic
    dtype: str = ""
    images: bool = True

    @property
    def allowed(self) -> Numbers:
        """How far each element may lie from the right one; nowhere without a bound."""
        allowed = bound(self.expected, self.arithmetic)
        return np.where(np.isfinite(allowed), allowed, 0.0)


def compare(
    observed: Value,
    expected: Expected,
    arithmetic: Arithmetic,
    dtype: str = "",
    images: bool = True,
) -> Complaint | None:
    """Complain about an answer, or return `None` where it is right.

    Args:
        observed: what the student's code returned.
        expected: the right answer and what bounds its rounding.
        arithmetic: what it may have been computed with, on the case's inputs.
        dtype: what the result's type was called, where it cannot cross as it is.
        images: whether an array of four axes is a batch of images.
    """
    asked = Asked(expected, arithmetic, dtype, images)
    value = expected.value
    if isinstance(value, np.ndarray) and value.shape == () and value.dtype.kind == "b":
        value = bool(value)
    if isinstance(value, tuple):
        return _compare_tuple(observed, asked)
    if value is None or isinstance(value, str | bool):
        return _compare_plain(observed, value)
    if isinstance(value, np.ndarray) and value.ndim:
        return _compare_array(observed, asked)
    return _compare_number(observed, asked)


def _compare_tuple(observed: Value, asked: Asked) -> Complaint | None:
    expected, values = asked.expected, asked.expected.value
    if isinstance(observed, np.ndarray) and observed.ndim == 1:
        observed = [np.asarray(item) for item in observed]
    if not isinstance(observed, list | tuple) or len(observed) != len(values):
        return wrong_kind(observed, f"{len(values)} values in a tuple")
    for index, (one, value) in enumerate(zip(observed, values, strict=True)):
        # The first value is the answer's picture; weights and kernels come after it.
        images = asked.images and index == 0
        each = Expected(value, rtol=expected.rtol)
        if complaint := compare(one, each, asked.arithmetic, asked.dtype, images):
            where = f"{_ordinal(index)} of {len(values)} values"
            message, summary = f"{where}: {complaint.message}", f"{where}: {complaint.summary}"
            return Complaint(message, summary, complaint.hinted)
    return None


def _ordinal(index: int) -> str:
    return ORDINALS[index] if index < len(ORDINALS) else f"number {index + 1}"


def _compare_plain(observed: Value, value: Value) -> Complaint | None:
    if isinstance(observed, np.ndarray) and observed.ndim == 0:
        observed = observed.item()
    if type(observed) is type(value) and observed == value:
        return None
    return wrong_kind(observed, repr(value))


def _compare_number(observed: Value, asked: Asked) -> Complaint | None:
    number = _as_number(observed)
    if number is None:
        return wrong_kind(observed, "a number")
    value = np.asarray(asked.expected.value)
    if not _wrong(number, value, asked.allowed).any():
        return None
    return Complaint(f"got {show(number)}, expected {show(value)}", "a wrong number")


def _as_number(observed: Value) -> Array | None:
    """A right number may come as a scalar, a 0-d or a (1, 1, 1) array."""
    if isinstance(observed, bool) or not isinstance(observed, int | float | np.ndarray):
        return None
    array = np.asarray(observed)
    return array.reshape(()) if array.size == 1 and array.dtype.kind in "fiu" else None


def _compare_array(observed: Value, asked: Asked) -> Complaint | None:
    value, allowed = asked.expected.value, asked.allowed
    if not isinstance(observed, np.ndarray) or not observed.ndim:
        remedy = "; return numpy.array(...)" if isinstance(observed, list | tuple) else ""
        wanted = f"an array of shape {value.shape}"
        return wrong_kind(observed, wanted, remedy)
    if complaint := wrong_shape(observed, value, lambda own: not _wrong(own, value, allowed).any()):
        return complaint
    if complaint := _coarse(asked.dtype or observed.dtype.name):
        return complaint
    wrong = _wrong(observed, value, allowed)
    return _wrong_values(observed, wrong, allowed, asked) if wrong.any() else None


def _coarse(dtype: str) -> Complaint | None:
    if dtype not in DIGITS:
        return None
    message = f"the result is {dtype}, which keeps {DIGITS[dtype]} digits"
    return Complaint(f"{message}; expected float32 or float64", "a wrong dtype", hinted=False)


def _wrong(observed: Array, value: Array, allowed: Numbers) -> Mask:
    with np.errstate(invalid="ignore", over="ignore"):
        near = np.abs(observed.astype(np.float64) - value) <= allowed
    same = (observed == value) | (np.isnan(value) & np.isnan(observed))
    return np.asarray(~(near | same))


def _wrong_values(observed: Array, wrong: Mask, allowed: Numbers, asked: Asked) -> Complaint:
    value, count = asked.expected.value, int(wrong.sum())
    axes = axes_of(wrong.ndim, asked.images)
    where = place(wrong, axes)
    first, worst = _first(wrong), _worst(observed, value, wrong, allowed)
    parts = [f"element {list(first)} {_is(observed, value, first)}"]
    told = relation(Sides(observed.astype(np.float64), value, allowed, wrong, axes))
    if worst != first and not told:
        parts.append(f"the worst, {list(worst)}, {_is(observed, value, worst)}")
    if wrong.size > 1:
        verb = "is" if count == 1 else "are"
        parts.append(f"{count} of {wrong.size} elements {verb} wrong{_all(where.message, count)}")
    near = "" if told else _nearly(observed, value)
    parts += [one for one in (told, near, _lost(observed, value)) if one]
    return Complaint("; ".join(parts), f"wrong values{_all(where.summary, count)}", not near)


def _first(wrong: Mask) -> tuple[int, ...]:
    return tuple(int(i) for i in np.argwhere(wrong)[0])


def _is(observed: Array, value: Array, index: tuple[int, ...]) -> str:
    return f"is {show(observed[index])}, expected {show(value[index])}"


def _worst(observed: Array, value: Array, wrong: Mask, allowed: Numbers) -> tuple[int, ...]:
    """The wrong element with the largest error over its bound."""
    with np.errstate(all="ignore"):
        error = np.where(wrong, np.abs(observed.astype(np.float64) - value), 0.0)
        # Where the bound is nothing, the least of the others stands in for it.
        least = np.min(allowed, initial=np.inf, where=allowed > 0)
        ratio = error / np.maximum(allowed, least) if np.isfinite(least) else error
    largest = np.argmax(np.nan_to_num(ratio, nan=np.inf, posinf=np.inf))
    return tuple(int(i) for i in np.unravel_index(largest, wrong.shape))


def _nearly(observed: Array, value: Array) -> str:
    """Whether the values are as near to the right ones as few digits bring them."""
    with np.errstate(all="ignore"):
        largest = np.max(np.abs(value), initial=0.0)
        error = np.max(np.abs(observed.astype(np.float64) - value), initial=0.0)
    if observed.dtype.kind != "f" or not 0 < error < COARSE * largest < np.inf:
        return ""
    return "all are nearly right: is something rounded, or computed in float16?"


def _all(where: str, count: int) -> str:
    if not where:
        return ""
    return f", {'all ' if count > 1 else ''}{where}"


def _lost(observed: Array, value: Array) -> str:
    """What the type of the result has taken from it."""
    if observed.dtype.kind == "b":
        return "the result is bool; expected numbers"
    if observed.dtype.kind in "iu" and not np.all(value == np.round(value)):
        return f"the result is {observed.dtype}, so fractions are lost"
    return ""
