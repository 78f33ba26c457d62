"""What is wrong with an answer, in words."""

from dataclasses import dataclass

import numpy as np

from autograder.protocol import Value

HUGE = "an integer beyond all floats"
NO_RETURN = "is there a return?"


@dataclass(frozen=True)
class Complaint:
    """What is wrong with an answer.

    Args:
        message: with the values, for a public case.
        summary: kind and place alone, for a hidden one.
        hinted: whether what the author says of wrong values may help.
    """

    message: str
    summary: str
    hinted: bool = True


def wrong_kind(observed: Value, wanted: str, remedy: str = "") -> Complaint:
    """Something else than was asked for."""
    remedy = f"; {NO_RETURN}" if observed is None else remedy
    message = f"got {describe(observed)}, expected {wanted}{remedy}"
    return Complaint(message, "a result of the wrong kind", hinted=False)


def describe(value: Value) -> str:
    """A value's kind, in a few words."""
    if isinstance(value, np.ndarray) and not value.ndim:
        value = value.item()
    if isinstance(value, np.ndarray):
        return f"an array of {value.dtype} with shape {value.shape}"
    if isinstance(value, list | tuple | dict):
        name = type(value).__name__
        return f"a {name} of {len(value)}" if value else f"an empty {name}"
    if isinstance(value, str) or value is None or isinstance(value, bool):
        return repr(value)[:60]
    number = show(value)
    return number if number == HUGE else f"the number {number}"


def show(number: Value) -> str:
    """A number as one would write it: 17 for 17.0, six digits else."""
    item = np.asarray(number).item()
    if isinstance(item, bool):
        return str(item)
    try:
        return format(item, ".6g")
    except OverflowError:
        return HUGE
