"""The kind *layer*, worker's half: make it, give it the judge's weights, observe it.

What is configured or saved is handed over: one process gives what says all of the layer, another
takes that and goes on.
"""

import tempfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.worker.calls.derivatives import gradients
from autograder.worker.calls.outcomes import Unfit, outcome, type_of
from autograder.worker.calls.values import Unsupported, fresh, observed
from autograder.worker.calls.weights import assign_by_role, variable
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000
MAX_SAVED = 32 << 20
"""Bytes of a file in which a layer is saved."""

Request = Mapping[str, Any]


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Observe each part of what the namespace has under the request's name, or a step of it.

    Each part gets a layer of its own, so that none depends on what came before.
    """
    import keras

    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    layer_class = namespace[name]
    if not isinstance(layer_class, type) or not issubclass(layer_class, keras.Layer):
        return {"outcome": "of wrong kind", "type": _described(layer_class)}
    step = STEPS[request.get("step", "")]
    with captured(MAX_OUTPUT) as capture:
        parts = {
            part: outcome(partial(step[part], layer_class, fresh(request)))
            for part in request["parts"]
        }
    return {"outcome": "observed", "parts": parts, "stdout": capture.text()}


def _described(value: object) -> str:
    return "a class that is no keras.layers.Layer" if isinstance(value, type) else type_of(value)


def _ready(layer_class: Any, request: Request) -> Any:
    """A new layer with the judge's weights; what makes its weights may be its first call."""
    layer = layer_class(**request["config"])
    layer.build(request["x"].shape)
    if any(variable(layer, role) is None for role in request["weights"]):
        layer(request["x"])
    assign_by_role(layer, request["weights"])
    return layer


def _weights(layer_class: Any, request: Request) -> dict[str, Any]:
    """The shape of each role's weight, and whether it is trained; nothing is computed for it."""
    layer = layer_class(**request["config"])
    layer.build(request["x"].shape)
    found = {role: variable(layer, role) for role in request["weights"]}
    return {
        role: (tuple(weight.shape), bool(weight.trainable))
        for role, weight in found.items()
        if weight is not None
    }


def _forward(layer_class: Any, request: Request) -> Any:
    """The output; where it matters whether the layer is training, the weights afterwards too."""
    layer = _ready(layer_class, request)
    training = request["training"]
    y = layer(request["x"], training=bool(training))
    if training is None:
        return y
    return (y, *(variable(layer, role).value for role in request["weights"]))


def _gradients(layer_class: Any, request: Request) -> dict[str, Any]:
    layer = _ready(layer_class, request)
    of_x, of_weights = gradients(layer, request["x"], request["upstream"])
    found = {"x": of_x}
    for role in request["weights"]:
        own = variable(layer, role)
        for weight, gradient in zip(layer.trainable_weights, of_weights, strict=True):
            if weight is own:
                found[role] = gradient
    return found


def _configuration(layer_class: Any, request: Request) -> Any:
    """A layer's own configuration; what does not cross is as in a file that Keras saves.

    Raises:
        TypeError: there is no writing it down.
    """
    import keras

    layer = layer_class(**request["config"])
    layer.build(request["shape"])
    config = layer.get_config()
    try:
        return observed(config)
    except Unsupported:
        config = keras.saving.serialize_keras_object(config)
    try:
        return observed(config)
    except Unsupported as reason:
        remedy = "return a dict of numbers, text, lists and dicts"
        raise TypeError(f"get_config() cannot be written down: {reason}; {remedy}") from None


def _configured(layer_class: Any, request: Request) -> Any:
    """What a layer made from a configuration does."""
    make = partial(layer_class.from_config, request["given"])
    return _forward(make, {**request, "config": {}})


def _saved(layer_class: Any, request: Request) -> Any:
    """The bytes of the file in which the layer is saved, in a model.

    Raises:
        ValueError: they are more than may cross.
    """
    import keras

    layer = layer_class(**request["config"])
    model = keras.Sequential([keras.Input(request["shape"][1:]), layer])
    assign_by_role(layer, request["weights"])
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.keras")
        model.save(path)
        size = path.stat().st_size
        if size > MAX_SAVED:
            raise ValueError(f"the file has {size} bytes, expected at most {MAX_SAVED}")
        return np.fromfile(path, np.uint8)


def _loaded(layer_class: Any, request: Request) -> Any:
    """The output of the layer in the model that was saved."""
    import keras

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "model.keras")
        path.write_bytes(request["given"])
        own = {layer_class.__name__: layer_class}
        loaded = keras.saving.load_model(path, custom_objects=own, compile=False)
    if len(loaded.layers) != 1:
        raise Unfit(f"the model came back with {len(loaded.layers)} layers")
    return loaded(request["x"], training=False)


STEPS: dict[str, dict[str, Callable[[Any, Request], Any]]] = {
    "": {
        "weights": _weights,
        "forward": _forward,
        "training": _forward,
        "gradients": _gradients,
    },
    "give": {"config": _configuration, "saving": _saved},
    "take": {"config": _configured, "saving": _loaded},
}
"""What is done for each part: at once, or in two steps."""
