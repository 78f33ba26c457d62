"""A student's objects as values that may cross the wall, and a request's values as inputs."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

# By name, since a student's code may put something else in NumPy's place of them.
from numpy import array_equal, asarray, full

from autograder.protocol import DTYPES, MAX_ARRAYS, MAX_DEPTH, MAX_RANK, Array, Value
from autograder.worker.text import plain

MAX_ITEMS = 100_000
"""Values other than an array's elements: each costs far more than its bytes."""

MAX_TEXT = 1 << 20
MAX_BITS = 1_024


class Unsupported(ValueError):
    """An object that cannot cross; the message says why, in one line."""


def fresh(value: Value, layout: str = "") -> Value:
    """A copy, in which every array may be written unless its layout says otherwise."""
    if isinstance(value, np.ndarray):
        return LAYOUTS[layout](value)
    if isinstance(value, list | tuple):
        return type(value)(fresh(item, layout) for item in value)
    if isinstance(value, dict):
        return {key: fresh(item, layout) for key, item in value.items()}
    return value


def _read_only(array: Array) -> Array:
    copy = array.copy()
    copy.flags.writeable = False
    return copy


def _strided(array: Array) -> Array:
    """Every second number of a larger array, whose others are none of its own."""
    larger = full([2 * size for size in array.shape], 99, array.dtype)
    every_second: tuple[Any, ...] = (slice(None, None, 2),) * array.ndim
    view = larger[(..., *every_second)]
    view[...] = array
    return view


LAYOUTS: dict[str, Callable[[Array], Array]] = {
    "": np.ndarray.copy,
    "read-only": _read_only,
    "strided": _strided,
}


def same(before: Value, after: Any) -> bool:
    """Whether a value is still what it was."""
    if isinstance(before, np.ndarray):
        return isinstance(after, np.ndarray) and array_equal(before, after, equal_nan=True)
    if type(after) is not type(before):
        return False
    if isinstance(before, list | tuple):
        return len(before) == len(after) and all(map(same, before, after))
    if isinstance(before, dict):
        return before.keys() == after.keys() and all(same(before[k], after[k]) for k in before)
    return before is after or bool(before == after)


def observed(value: object) -> Value:
    """The object as a `Value`: plain arrays, numbers, text, None, and lists, tuples, dicts of them.

    Raises:
        Unsupported: it is something else, nested too deep or too large.
    """
    return Crossing().observed(value)


class Crossing:
    """One value on its way out, with what is left of its allowance.

    `dtype` names a type of array that cannot cross, or only as another one.
    """

    def __init__(self) -> None:
        self.dtype = ""
        self._items = MAX_ITEMS
        self._text = MAX_TEXT
        self._bytes = MAX_ARRAYS

    def observed(self, value: object) -> Value:
        """As `observed` says."""
        try:
            return self._take(value, 0)
        except Unsupported:
            raise
        except Exception as error:  # an object's own methods may do anything
            line = f"it could not be read: {type(error).__name__}"
            raise Unsupported(line) from None

    def _take(self, value: object, depth: int) -> Value:
        self._items -= 1
        if depth > MAX_DEPTH:
            raise Unsupported(f"it is nested more than {MAX_DEPTH} deep")
        if self._items < 0:
            raise Unsupported(f"it has more than {MAX_ITEMS} items")
        if value is None or isinstance(value, bool):
            return value
        for kind, convert in self._converters():
            if isinstance(value, kind):
                return convert(value, depth)
        return self._array(self._tensor(value), depth)

    def _converters(self) -> list[tuple[Any, Callable[[Any, int], Value]]]:
        return [
            (np.ndarray, self._array),
            (np.generic, lambda scalar, depth: self._array(asarray(scalar), depth)),
            (int, self._integer),
            (float, lambda number, _: float(number)),
            (str, self._string),
            (list, lambda items, depth: [self._take(item, depth + 1) for item in items]),
            (tuple, lambda items, depth: tuple(self._take(item, depth + 1) for item in items)),
            (dict, self._dict),
        ]

    def _array(self, array: Any, _: int) -> Value:
        # An ndarray's own view, not the subclass's: matrices and masked arrays become plain.
        base = np.ndarray.view(array, np.ndarray)
        base = self._nearest(base)
        if base.dtype.name not in DTYPES:
            self.dtype = plain(base.dtype, 30)
            raise Unsupported(f"arrays of {base.dtype} cannot be compared")
        if base.ndim > MAX_RANK:
            raise Unsupported(f"it has {base.ndim} dimensions; at most {MAX_RANK} are read")
        self._bytes -= base.nbytes
        if self._bytes < 0:
            raise Unsupported(f"its arrays have more than {MAX_ARRAYS >> 20} MiB")
        return base

    def _tensor(self, value: Any) -> Any:
        """The array of a tensor of TensorFlow, JAX or PyTorch, none of which is imported for it."""
        torch = sys.modules.get("torch")
        if torch is not None and isinstance(value, torch.Tensor):
            tensor = value.detach().cpu()
            if tensor.dtype != torch.bfloat16:
                return tensor.numpy()
            self.dtype = "bfloat16"
            return tensor.float().numpy()
        if hasattr(type(value), "__array__"):
            return asarray(value)
        raise Unsupported("it is neither an array, a number nor text")

    def _nearest(self, array: Array) -> Array:
        """The array in a type that crosses, where one holds nearly the same."""
        if array.dtype.name == "bfloat16":
            self.dtype = "bfloat16"
            return array.astype(np.float32)
        extended = array.dtype.kind == "f" and array.dtype.name not in DTYPES
        return array.astype(np.float64) if extended else array

    def _integer(self, number: int, _: int) -> Value:
        if number.bit_length() > MAX_BITS:
            raise Unsupported(f"it holds an integer of {number.bit_length()} bits")
        return int(number)

    def _string(self, text: str, _: int) -> Value:
        exact = str.encode(text, "utf-8", "replace").decode()
        self._text -= len(exact)
        if self._text < 0:
            raise Unsupported(f"it has more than {MAX_TEXT} characters")
        return exact

    def _dict(self, items: dict[Any, Any], depth: int) -> Value:
        if not all(isinstance(key, str) and not key.startswith("$") for key in items):
            raise Unsupported("it is a dict with keys that are no plain text")
        return {
            self._string(key, depth): self._take(item, depth + 1) for key, item in items.items()
        }
