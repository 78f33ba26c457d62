"""The kind *function*, worker's half: call it, and say what came of it."""

from typing import Any

from autograder.worker.calls.outcomes import outcome, type_of
from autograder.worker.calls.values import fresh
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Call what the namespace has under the request's name, with copies of its arguments."""
    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    function = namespace[name]
    if not callable(function):
        return {"outcome": "of wrong kind", "type": type_of(function)}
    arguments = fresh(request["args"])
    with captured(MAX_OUTPUT) as capture:
        came = outcome(lambda: function(*arguments))
    return {**came, "stdout": capture.text()}
