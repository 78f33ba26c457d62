"""The kind *trained*, worker's half: have the student's function train, and take the weights."""

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.worker.calls.outcomes import NotA, outcome, type_of
from autograder.worker.calls.values import fresh
from autograder.worker.calls.weights import assign_in_layer_order, in_layer_order
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Train with what the namespace has under the request's name.

    Returns:
        `weights` in layer order; `predictions` where the judge sent images to be tested on; and
        `outputs`, what the model computes under the judge's weights in the place of its own.
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
    found: dict[str, Any] = {
        "weights": [keras.ops.convert_to_numpy(one) for one in in_layer_order(model)]
    }
    images, probe = request["test_images"], request["probe"]
    if images is not None:
        scores = keras.ops.convert_to_numpy(model(images, training=False))
        found["predictions"] = np.argmax(scores, axis=-1)
    if [one.shape for one in found["weights"]] == [one.shape for one in probe["weights"]]:
        assign_in_layer_order(model, probe["weights"])
        found["outputs"] = keras.ops.convert_to_numpy(model(probe["images"], training=False))
    return found
