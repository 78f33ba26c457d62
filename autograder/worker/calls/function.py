"""The kind *function*, worker's half: call it, and say what came of it."""

from collections.abc import Callable
from typing import Any

from autograder.worker.calls.values import Unsupported, fresh, observed
from autograder.worker.capture import captured
from autograder.worker.failure import describe
from autograder.worker.text import plain

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Call what the namespace has under the request's name, with copies of its arguments."""
    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    function = namespace[name]
    if not callable(function):
        return {"outcome": "not callable", "type": _type(function)}
    with captured(MAX_OUTPUT) as capture:
        outcome = _call(function, [fresh(value) for value in request["args"]])
    return {**outcome, "stdout": capture.text()}


def _call(function: Callable[..., Any], args: list[Any]) -> dict[str, Any]:
    try:
        result = function(*args)
    except BaseException as error:  # SystemExit and KeyboardInterrupt too
        return {"outcome": "raised", "error": describe(error)}
    try:
        return {"outcome": "returned", "value": observed(result), "type": _type(result)}
    except Unsupported as reason:
        return {"outcome": "unsupported", "type": _type(result), "reason": plain(reason, 300)}


def _type(value: object) -> str:
    return plain(type(value).__name__, 100)
