"""The kind *trained*, worker's half: have the student's function train, and take the weights."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.worker.calls.outcomes import NotA, outcome, type_of
from autograder.worker.calls.values import fresh
from autograder.worker.calls.weights import in_layer_order
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Train with what the namespace has under the request's name.

    Returns:
        `weights` in layer order, and `predictions` where the judge sent images to be tested on.
    """
    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    train = namespace[name]
    if not callable(train):
        return {"outcome": "of wrong kind", "type": type_of(train)}
    with captured(MAX_OUTPUT) as capture:
        came = outcome(lambda: _trained(train, fresh(request)))
    return {**came, "stdout": capture.text()}


def _trained(train: Callable[..., Any], request: dict[str, Any]) -> dict[str, Any]:
    import keras

    model = train(*request["args"])
    if not isinstance(model, keras.Model):
        raise NotA(model, "a keras.Model")
    weights = [keras.ops.convert_to_numpy(weight) for weight in in_layer_order(model)]
    images = request["test_images"]
    if images is None:
        return {"weights": weights}
    scores = keras.ops.convert_to_numpy(model(images, training=False))
    return {"weights": weights, "predictions": np.argmax(scores, axis=-1)}
