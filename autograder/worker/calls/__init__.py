"""The kinds of exercise, worker's half: what each answers to a call.

A kind is a module with `answer(request, namespace)` and a row here. The same answers serve in a
student's own notebook, on every platform. None imports Keras before it is called.
"""

from collections.abc import Callable
from typing import Any

from autograder.worker.calls import function, layer, model, trained

__all__ = ["CALLS"]

CALLS: dict[str, Callable[[dict[str, Any], dict[str, Any]], dict[str, Any]]] = {
    "function": function.answer,
    "layer": layer.answer,
    "model": model.answer,
    "trained": trained.answer,
}
