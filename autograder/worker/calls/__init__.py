"""The kinds of exercise, worker's half: what each answers to a call.

A kind is a module with `answer(request, namespace)` and a row here. The same answers serve in a
student's own notebook, on every platform. None imports Keras before it is called.
"""

from collections.abc import Callable
from typing import Any

from autograder.worker.calls import function, layer, model, trained
from autograder.worker.tracing import watching

__all__ = ["CALLS", "answer"]

CALLS: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "function": function.answer,
    "layer": layer.answer,
    "model": model.answer,
    "trained": trained.answer,
}


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Answer a call; `forbidden` tells of the first thing called that the request forbids."""
    with watching(request.get("forbidden", ()), namespace) as watch:
        came = CALLS[request["kind"]](request, namespace)
    return {**came, "forbidden": watch.report} if watch.report else came
