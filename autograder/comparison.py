"""An answer beside the right one: the complaint in words, or `None`.

Kind first, then shape, then values, so that the first thing said is the first thing to mend.
Every complaint has two forms: `message` with the values, for public cases, and `summary` with
kind and place alone, for hidden ones.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.protocol import Array, Value
from autograder.tolerance import Arithmetic, Expected, bound

Mask = NDArray[np.bool_]
ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an answer."""

    message: str
    summary: str


def compare(observed: Value, expected: Expected, arithmetic: Arithmetic) -> Complaint | None:
    """Complain about an answer, or return `None` where it is right.

    Args:
        observed: what the student's code returned.
        expected: the right answer and what bounds its rounding.
        arithmetic: what it may have been computed with, on the case's inputs.
    """
    value = expected.value
    if isinstance(value, tuple):
        return _compare_tuple(observed, expected, arithmetic)
    if value is None or isinstance(value, str | bool):
        return _compare_plain(observed, value)
    if isinstance(value, np.ndarray) and value.ndim:
        return _compare_array(observed, expected, arithmetic)
    return _compare_number(observed, expected, arithmetic)


def _compare_tuple(observed: Value, expected: Expected, arithmetic: Arithmetic) -> Complaint | None:
    values = expected.value
    if isinstance(observed, np.ndarray) and observed.ndim == 1:
        observed = [np.asarray(item) for item in observed]
    if not isinstance(observed, list | tuple) or len(observed) != len(values):
        return _wrong_kind(observed, f"{len(values)} values in a tuple")
    for place, (one, value) in enumerate(zip(observed, values, strict=True)):
        complaint = compare(one, Expected(value, rtol=expected.rtol), arithmetic)
        if complaint:
            where = f"{ORDINALS[place]} of {len(values)} values"
            return Complaint(f"{where}: {complaint.message}", f"{where}: {complaint.summary}")
    return None


def _compare_plain(observed: Value, value: Value) -> Complaint | None:
    if isinstance(observed, np.ndarray) and observed.ndim == 0:
        observed = observed.item()
    if type(observed) is type(value) and observed == value:
        return None
    return _wrong_kind(observed, repr(value))


def _compare_number(
    observed: Value, expected: Expected, arithmetic: Arithmetic
) -> Complaint | None:
    number = _as_number(observed)
    if number is None:
        return _wrong_kind(observed, "a number")
    wrong = _wrong(number, np.asarray(expected.value), expected, arithmetic)
    if not wrong.any():
        return None
    message = f"got {_show(number)}, expected {_show(expected.value)}"
    return Complaint(message, "a wrong number")


def _as_number(observed: Value) -> Array | None:
    """A right number may come as a scalar, a 0-d or a (1, 1, 1) array."""
    if isinstance(observed, bool) or not isinstance(observed, int | float | np.ndarray):
        return None
    array = np.asarray(observed)
    return array.reshape(()) if array.size == 1 and array.dtype.kind in "fiu" else None


def _compare_array(observed: Value, expected: Expected, arithmetic: Arithmetic) -> Complaint | None:
    value = expected.value
    if not isinstance(observed, np.ndarray):
        remedy = "; return numpy.array(...)" if isinstance(observed, list) else ""
        return _wrong_kind(observed, f"an array of shape {value.shape}{remedy}")
    if observed.shape != value.shape:
        message = f"the shape is {observed.shape}, expected {value.shape}"
        return Complaint(message, "a wrong shape")
    if observed.dtype.name == "float16":
        message = "the result is float16, which keeps 3 digits; expected float32 or float64"
        return Complaint(message, "a wrong dtype")
    wrong = _wrong(observed, value, expected, arithmetic)
    return _wrong_values(observed, value, wrong) if wrong.any() else None


def _wrong(observed: Array, value: Array, expected: Expected, arithmetic: Arithmetic) -> Mask:
    allowed = bound(expected, arithmetic)
    if observed.dtype.kind not in "fiub":
        return np.ones(observed.shape, bool)
    with np.errstate(invalid="ignore"):
        near = np.abs(observed.astype(np.float64) - value) <= allowed
    same = (observed == value) | (np.isnan(value) & np.isnan(observed))
    return np.asarray(~(near | same))


def _wrong_values(observed: Array, value: Array, wrong: Mask) -> Complaint:
    first = tuple(int(i) for i in np.argwhere(wrong)[0])
    count = int(wrong.sum())
    where = _where(wrong)
    message = f"element {list(first)} is {_show(observed[first])}, expected {_show(value[first])}"
    if wrong.size > 1:
        verb = "is" if count == 1 else "are"
        message += f"; {count} of {wrong.size} elements {verb} wrong{where}"
    if observed.dtype.kind in "iu" and not np.all(value == np.round(value)):
        message += f"; the result is {observed.dtype}, so fractions are lost"
    return Complaint(message, f"wrong values{where}")


def _where(wrong: Mask) -> str:
    """The place of the wrong elements in words, where it is a telling one."""
    if wrong.all():
        return ", all of them" if wrong.size > 1 else ""
    inner = wrong[tuple(slice(1, -1) for _ in range(min(wrong.ndim, 2)))]
    if wrong.ndim >= 2 and inner.size and not inner.any():
        return ", all at the border"
    return ""


def _wrong_kind(observed: Value, wanted: str) -> Complaint:
    remedy = "; is there a return?" if observed is None else ""
    message = f"got {describe(observed)}, expected {wanted}{remedy}"
    return Complaint(message, "a result of the wrong kind")


def describe(value: Value) -> str:
    """A value's kind, in a few words."""
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} with shape {value.shape}"
    if isinstance(value, list | tuple):
        return f"a {type(value).__name__} of {len(value)}"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return repr(value)[:60]
    return f"the number {_show(value)}" if isinstance(value, int | float) else "something else"


def _show(number: Value) -> str:
    """A number as one would write it: 17 for 17.0, six digits else."""
    try:
        return format(np.asarray(number).item(), ".6g")
    except OverflowError:
        return "an integer beyond all floats"
