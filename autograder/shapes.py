"""What is wrong with a shape, in words: the first row of `SHAPES` that fits."""

from collections.abc import Callable, Iterator
from itertools import permutations

from autograder.complaints import Complaint
from autograder.protocol import Array

Agrees = Callable[[Array], bool]
"""Whether values that were put into the right shape are the right ones."""

Named = tuple[str, str] | None
"""A mistake, as a message and as a summary name it."""

Order = tuple[int, ...]
"""Which axis of an answer is each axis of the right one."""

CHANNELS_FIRST: dict[Order, str] = {
    (1, 2, 0): "(height, width, channels)",
    (0, 2, 3, 1): "(batch, height, width, channels)",
}
MOST_AXES = 4
"""Of arrays with more of them not every order is tried."""


def wrong_shape(observed: Array, value: Array, agrees: Agrees) -> Complaint | None:
    """Complain about a shape, or return `None` where it is right."""
    if observed.shape == value.shape:
        return None
    found = (find(observed, value, agrees) for find in SHAPES)
    what, summary = next((one for one in found if one), ("", "a wrong shape"))
    if not what:
        return Complaint(f"the shape is {observed.shape}, expected {value.shape}", summary)
    return Complaint(f"{what}: shape {observed.shape}, expected {value.shape}", summary)


def _in_another_order(observed: Array, value: Array, agrees: Agrees) -> Named:
    """The right values under other axes, or such a shape as two exchanged axes make."""
    if observed.ndim != value.ndim or value.ndim > MOST_AXES:
        return None
    fitting = [order for order in _orders(value.ndim) if _shape(observed, order) == value.shape]
    for order in fitting:
        if agrees(observed.transpose(order)):
            message, summary = _named(order)
            return f"the values are right, but {message}", summary
    likely = (order for order in fitting if order in CHANNELS_FIRST or len(_moved(order)) == 2)
    return next(map(_named, likely), None)


def _orders(rank: int) -> Iterator[Order]:
    """All orders, those first that are seen most."""
    orders = sorted(permutations(range(rank)), key=lambda order: len(_moved(order)))
    yield from (order for order in orders if order in CHANNELS_FIRST)
    yield from (order for order in orders if order not in CHANNELS_FIRST)


def _moved(order: Order) -> list[int]:
    return [place for place, axis in enumerate(order) if place != axis]


def _shape(array: Array, order: Order) -> tuple[int, ...]:
    return tuple(array.shape[axis] for axis in order)


def _named(order: Order) -> tuple[str, str]:
    if order in CHANNELS_FIRST:
        return f"channels come first, not as in {CHANNELS_FIRST[order]}", "channels come first"
    moved = _moved(order)
    if len(moved) == 2:
        return f"axes {moved[0]} and {moved[1]} are exchanged", "two axes are exchanged"
    return "the axes are in another order", "the axes are in another order"


def _an_axis_missing(observed: Array, value: Array, _: Agrees) -> Named:
    which = _extra(value.shape, observed.shape)
    if which == "axis 0" and value.ndim == 4:
        which = "axis 0, the batch,"
    return (f"{which} is missing", "an axis is missing") if which else None


def _an_axis_too_many(observed: Array, value: Array, _: Agrees) -> Named:
    which = _extra(observed.shape, value.shape)
    return (f"{which} is one too many", "an axis too many") if which else None


def _extra(longer: tuple[int, ...], shorter: tuple[int, ...]) -> str:
    """The axis without which the shapes are the same, as far as it can be told, or ""."""
    fitting = [n for n in range(len(longer)) if longer[:n] + longer[n + 1 :] == shorter]
    if len(fitting) > 1:
        return f"an axis of size {longer[fitting[0]]}"
    return f"axis {fitting[0]}" if fitting else ""


def _flattened(observed: Array, value: Array, _: Agrees) -> Named:
    if observed.ndim != 1 or observed.size != value.size:
        return None
    return "all values lie in one row; reshape it", "the values lie in one row"


def _another_rank(observed: Array, value: Array, _: Agrees) -> Named:
    if observed.ndim == value.ndim:
        return None
    many = "too many axes" if observed.ndim > value.ndim else "too few axes"
    return f"{many}, {observed.ndim} for {value.ndim}", many


SHAPES: tuple[Callable[[Array, Array, Agrees], Named], ...] = (
    _in_another_order,
    _an_axis_missing,
    _an_axis_too_many,
    _flattened,
    _another_rank,
)
