"""Right functions in the place of wrong ones: each asks the judge.

The judge sends a name; what the student's code calls under that name is from then on the judge's
answer. An exercise that builds on a wrong one is judged with it, so that a mistake is charged once.
"""

import functools
import inspect
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any

import numpy as np

from autograder.protocol import Value
from autograder.worker import frames
from autograder.worker.calls.values import fresh, observed

ERRORS = {"ValueError": ValueError, "TypeError": TypeError}


class Line:
    """The way to the judge, who listens only while a call is being answered."""

    def __init__(self, channel: socket.socket) -> None:
        self._channel = channel
        self._open = False
        self._lock = threading.Lock()

    @contextmanager
    def opened(self) -> Iterator[None]:
        """Let stand-ins ask inside."""
        self._open = True
        try:
            yield
        finally:
            with self._lock:
                self._open = False

    def ask(self, name: str, args: list[Value]) -> Value:
        """What a right function returns.

        Raises:
            ValueError: it refuses what it is called with.
            RuntimeError, TypeError: the judge does not answer that.
        """
        with self._lock:
            if not self._open:
                raise RuntimeError(f"the right {name} answers only while an exercise is judged")
            frames.send(self._channel, {"ask": name, "args": args})
            reply = frames.receive(self._channel)
        if "raises" in reply:
            raise ERRORS.get(reply["raises"], RuntimeError)(reply["message"])
        return _plain(fresh(reply["value"]))


def install(names: Mapping[str, Sequence[str]], namespace: dict[str, Any], line: Line) -> None:
    """Put stand-ins into a namespace where they are not there yet.

    Args:
        names: of the functions, each with those of its parameters.
    """
    for name, parameters in names.items():
        if not hasattr(namespace.get(name), "_stands_in"):
            namespace[name] = stand_in(name, parameters, namespace.get(name), line)


def stand_in(name: str, parameters: Sequence[str], own: Any, line: Line) -> Callable[..., Any]:
    """A function that asks, and can be called as the student's own could."""
    in_order = _in_order(own, parameters)

    def right(*args: Any, **kwargs: Any) -> Any:
        return line.ask(name, observed(in_order(args, kwargs)))

    with suppress(Exception):  # it may be anything
        functools.update_wrapper(right, own)
    right.__dict__["_stands_in"] = True
    return right


def _in_order(own: Any, parameters: Sequence[str]) -> Callable[[Any, Any], list[Any]]:
    """What sorts out keywords and defaults: by the student's own signature and the exercise's."""
    kind = inspect.Parameter.POSITIONAL_OR_KEYWORD
    asked = inspect.Signature([inspect.Parameter(name, kind) for name in parameters])

    def in_order(args: Any, kwargs: Any) -> list[Any]:
        with suppress(TypeError, ValueError):  # it may have no signature, or one that does not fit
            bound = inspect.signature(own).bind(*args, **kwargs)
            bound.apply_defaults()
            if bound.arguments.keys() >= set(parameters):
                return [bound.arguments[name] for name in parameters]
            args, kwargs = bound.args[: len(parameters)], bound.kwargs
        known = {name: value for name, value in kwargs.items() if name in parameters}
        arguments = asked.bind_partial(*args, **known).arguments
        missing = [name for name in parameters if name not in arguments]
        if missing and missing != list(parameters)[-len(missing) :]:
            raise TypeError(f"missing an argument: {missing[0]!r}")
        return list(arguments.values())

    return in_order


def _plain(value: Value) -> Any:
    """The value, a number being the scalar that NumPy returns."""
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return value[()]
    return tuple(map(_plain, value)) if isinstance(value, tuple) else value
