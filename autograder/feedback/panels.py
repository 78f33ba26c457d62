"""An answer beside the right one, as panels: each a table of numbers, a picture or a few words.

What was observed is a stranger's and may be anything. Nothing here raises because of it, and all
that is shown is cut to a size that can be looked at.
"""

import base64
import reprlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.feedback import figures
from autograder.feedback.marks import first, is_array, marked
from autograder.feedback.multipliers import multipliers
from autograder.feedback.products import Sum, explained
from autograder.feedback.signs import readable
from autograder.feedback.tables import Entry, Mask, rows
from autograder.protocol import Array, Value
from autograder.results import Difference

PICTURE_FROM = 16
"""Rows and columns from which an array is drawn rather than written out; and elements from which
an image is."""

MOST_CHANNELS = 3
"""Channels of an input that are shown with what they are multiplied with."""

BRIEF = reprlib.Repr()
BRIEF.maxstring = BRIEF.maxother = 120


@dataclass(frozen=True)
class Panel:
    """One value: its title, its type and size, and one of `rows`, `picture` and `text`."""

    title: str
    caption: str = ""
    rows: tuple[tuple[Entry, ...], ...] = ()
    picture: bytes = b""
    text: str = ""

    @property
    def address(self) -> str:
        """The picture as a `data:` address."""
        return f"data:image/png;base64,{base64.b64encode(self.picture).decode()}"


@dataclass(frozen=True)
class View:
    """How arrays of one case are looked at: which two-dimensional part, and drawn or written."""

    place: tuple[int, ...] = ()  # of the first wrong element
    picture: bool = False
    low: float = 0.0
    high: float = 0.0


def panels(difference: Difference, picture: bool = False) -> list[Panel]:
    """The inputs, the student's answer, the right one, and for pictures what differs.

    Args:
        picture: whether the answer is an image, to be drawn unless it is tiny.
    """
    observed, expected, name = _innermost(difference.observed, difference.expected)
    shown = list(_inputs(difference))
    if not is_array(expected) or not is_array(observed):
        return [*shown, _panel(f"yours{name}", observed), _panel(f"expected{name}", expected)]
    wrong = marked(observed, expected)
    view = _view(expected, wrong, picture)
    shown.append(_panel(f"yours{name}", observed, view, wrong))
    right = _panel(f"expected{name}", expected, view, wrong)
    # The reference answers in float64; a student's float32 is as right.
    shown.append(replace(right, caption=right.caption.removeprefix(f"{expected.dtype} ")))
    if view.picture and wrong is not None:
        shown.append(_changes(observed, expected, view))
    return shown


def kind(value: Value) -> str:
    """A value's type and size in short: `float32 (2, 3)`."""
    return f"{value.dtype} {value.shape}" if isinstance(value, np.ndarray) else type(value).__name__


def _innermost(observed: Value, expected: Value) -> tuple[Value, Value, str]:
    """Of a tuple of answers the first one that differs, and its index."""
    if not isinstance(expected, tuple) or not isinstance(observed, tuple | list):
        return observed, expected, ""
    for index, (one, other) in enumerate(zip(observed, expected, strict=False)):
        if not is_array(one) or not is_array(other):
            continue
        wrong = marked(one, other)
        if wrong is None or wrong.any():
            return one, other, f"[{index}]"
    return observed, expected, ""


def _inputs(difference: Difference) -> Iterator[Panel]:
    added = explained(difference)
    for name, value in difference.inputs.items():
        if added and name == added.name:
            yield from _windows(value, added)
        elif added and is_array(value) and value.ndim > 2:
            yield from _multipliers(name, value, added)
        elif is_array(value):
            low, high = figures.finite_range(value)
            yield _panel(name, value, View(picture=_is_large(value), low=low, high=high))


def _windows(value: Array, added: Sum) -> Iterator[Panel]:
    """The elements that count in a sum framed, with what they are multiplied with."""
    for place in _channels(added):
        flat, where = _flat(value, place)
        factors, _ = _flat(added.factors, place)
        caption = f"{kind(value)}{where}; framed: what element {list(added.place)} adds up"
        yield Panel(added.name, caption, rows=rows(flat, factors=factors))


def _channels(added: Sum) -> Iterator[tuple[int, ...]]:
    """The place of the window in each channel in which something counts."""
    place = first(added.window)
    channels = [place[-1]]
    if added.window.ndim > 2:
        others = tuple(range(added.window.ndim - 1))
        channels = np.flatnonzero(added.window.any(axis=others)).tolist()[:MOST_CHANNELS]
    for channel in channels:
        yield (*place[:-1], channel)


def _multipliers(name: str, value: Array, added: Sum) -> Iterator[Panel]:
    """Of weights in many axes those that the window is multiplied with, channel by channel."""
    for place in _channels(added):
        found = multipliers(value, _flat(added.factors, place)[0])
        if found is None:  # what stands beside the window says it all
            yield Panel(name, kind(value), text="see what the framed elements are multiplied with")
            return
        part, where = found
        yield Panel(name, f"{kind(value)}{where}", rows=rows(part))


def _view(expected: Array, wrong: Mask | None, picture: bool) -> View:
    low, high = figures.finite_range(expected)
    place: tuple[int, ...] = ()
    if wrong is not None and wrong.any():
        place = first(wrong)
    image = picture and expected.size >= PICTURE_FROM
    drawn = expected.ndim > 1 and (image or _is_large(expected))
    return View(place, drawn, low, high)


def _is_large(array: Array) -> bool:
    flat, _ = _flat(array, ())
    return bool(min(flat.shape) >= PICTURE_FROM)


def _panel(title: str, value: Value, view: View | None = None, wrong: Mask | None = None) -> Panel:
    if not is_array(value):
        text = "no elements" if isinstance(value, np.ndarray) and value.ndim else _brief(value)
        return Panel(title, kind(value), text=text)
    view = view or View()
    flat, where = _flat(value, view.place)
    panel = Panel(title, f"{kind(value)}{where}")
    if view.picture and value.ndim > 1:
        return replace(panel, picture=figures.gray(flat, view.low, view.high))
    mask = None if wrong is None else _flat(wrong, view.place)[0]
    return replace(panel, rows=rows(flat, mask))


def _changes(observed: Array, expected: Array, view: View) -> Panel:
    ours, _ = _flat(observed, view.place)
    theirs, _ = _flat(expected, view.place)
    return Panel(
        "yours − expected",
        "blue: too small, red: too large",
        picture=figures.difference(ours, theirs),
    )


def _flat(array: Array, place: tuple[int, ...]) -> tuple[Array, str]:
    """The two-dimensional part with the first wrong element in it, and which one it is.

    Channels come last, as everywhere in Keras, and height and width before them.
    """
    if array.ndim <= 2:
        return array.reshape((1, -1)) if array.ndim == 1 else array, ""
    place = place if len(place) == array.ndim else (0,) * array.ndim
    index: Any = (*place[:-3], slice(None), slice(None), place[-1])
    where = ", ".join(":" if isinstance(i, slice) else str(i) for i in index)
    return array[index], f", slice [{where}]"


def _brief(value: Value) -> str:
    if isinstance(value, np.ndarray | np.generic):
        value = value.item() if value.size == 1 else kind(value)
    try:
        return readable(BRIEF.repr(value), 400)
    except Exception:  # such as an integer of more digits than Python writes
        return f"a value of type {readable(type(value).__name__, 60)}"
