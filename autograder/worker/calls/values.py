"""A student's objects as values that may cross the wall, and a request's values as inputs."""

import sys
from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.protocol import DTYPES, MAX_ARRAYS, MAX_DEPTH, MAX_RANK, Value

MAX_ITEMS = 100_000
"""Values other than an array's elements: each costs far more than its bytes."""

MAX_TEXT = 1 << 20
MAX_BITS = 1_024


class Unsupported(ValueError):
    """An object that cannot cross; the message says why, in one line."""


def fresh(value: Value) -> Value:
    """A copy in which every array may be written, as a student's code may do."""
    if isinstance(value, np.ndarray):
        return value.copy()
    if isinstance(value, list | tuple):
        return type(value)(fresh(item) for item in value)
    if isinstance(value, dict):
        return {key: fresh(item) for key, item in value.items()}
    return value


def observed(value: object) -> Value:
    """The object as a `Value`: plain arrays, numbers, text, None, and lists, tuples, dicts of them.

    Raises:
        Unsupported: it is something else, nested too deep or too large.
    """
    try:
        return _Crossing().take(value, 0)
    except Unsupported:
        raise
    except Exception as error:  # an object's own methods may do anything
        line = f"it could not be read: {type(error).__name__}"
        raise Unsupported(line) from None


class _Crossing:
    """One value on its way out, with what is left of its allowance."""

    def __init__(self) -> None:
        self._items = MAX_ITEMS
        self._text = MAX_TEXT
        self._bytes = MAX_ARRAYS

    def take(self, value: object, depth: int) -> Value:
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
        return self._array(_as_array(value), depth)

    def _converters(self) -> list[tuple[Any, Callable[[Any, int], Value]]]:
        return [
            (np.ndarray, self._array),
            (np.generic, lambda scalar, depth: self._array(np.asarray(scalar), depth)),
            (int, self._integer),
            (float, lambda number, _: float(number)),
            (str, self._string),
            (list, lambda items, depth: [self.take(item, depth + 1) for item in items]),
            (tuple, lambda items, depth: tuple(self.take(item, depth + 1) for item in items)),
            (dict, self._dict),
        ]

    def _array(self, array: Any, _: int) -> Value:
        # An ndarray's own view, not the subclass's: matrices and masked arrays become plain.
        base = np.ndarray.view(array, np.ndarray)
        if base.dtype.name == "bfloat16":
            base = base.astype(np.float32)
        if base.dtype.name not in DTYPES:
            raise Unsupported(f"arrays of {base.dtype} cannot be compared")
        if base.ndim > MAX_RANK:
            raise Unsupported(f"it has {base.ndim} dimensions; at most {MAX_RANK} are read")
        self._bytes -= base.nbytes
        if self._bytes < 0:
            raise Unsupported(f"its arrays have more than {MAX_ARRAYS >> 20} MiB")
        return base

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
        return {self._string(key, depth): self.take(item, depth + 1) for key, item in items.items()}


def _as_array(value: Any) -> Any:
    """The array of a tensor of TensorFlow, JAX or PyTorch, none of which is imported for it."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        tensor = value.detach().cpu()
        return (tensor.float() if tensor.dtype == torch.bfloat16 else tensor).numpy()
    if hasattr(type(value), "__array__"):
        return np.asarray(value)
    raise Unsupported(f"a {type(value).__name__} is neither an array, a number nor text")
