"""The kind *function*, worker's half: call it, and say what came of it."""

from typing import Any

from autograder.worker.calls.outcomes import outcome, type_of
from autograder.worker.calls.values import Crossing, Unsupported, fresh, same
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Call what the namespace has under the request's name, with copies of its arguments.

    Returns:
        besides what came of it `changed`: what the first argument that the call has changed is
        afterwards, under its number.
    """
    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    function = namespace[name]
    if not callable(function):
        return {"outcome": "of wrong kind", "type": type_of(function)}
    arguments = fresh(request["args"], request.get("layout", ""))
    crossing = Crossing()
    with captured(MAX_OUTPUT) as capture:
        came = outcome(lambda: function(*arguments), crossing)
    return {**came, **_changed(request["args"], arguments, crossing), "stdout": capture.text()}


def _changed(before: list[Any], after: list[Any], crossing: Crossing) -> dict[str, Any]:
    for number, (one, other) in enumerate(zip(before, after, strict=True)):
        if not same(one, other):
            return {"changed": {str(number): _readable(other, crossing)}}
    return {}


def _readable(value: object, crossing: Crossing) -> Any:
    try:
        return crossing.observed(value)
    except Unsupported:  # it may have become anything, or too large
        return None
