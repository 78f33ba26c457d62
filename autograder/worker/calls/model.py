"""The kind *model*, worker's half: build it, describe it, run it under the judge's weights."""

from collections.abc import Callable
from functools import partial
from typing import Any

from autograder.worker.calls.outcomes import NotA, outcome, type_of
from autograder.worker.calls.values import fresh
from autograder.worker.calls.weights import assign_in_layer_order
from autograder.worker.capture import captured

MAX_OUTPUT = 4_000


def answer(request: dict[str, Any], namespace: dict[str, Any]) -> dict[str, Any]:
    """Build with what the namespace has under the request's name, and observe each part."""
    name = request["name"]
    if name not in namespace:
        return {"outcome": "missing"}
    builder = namespace[name]
    if not callable(builder):
        return {"outcome": "of wrong kind", "type": type_of(builder)}
    with captured(MAX_OUTPUT) as capture:
        built: list[Any] = []
        came = outcome(lambda: built.append(_build(builder, fresh(request["arguments"]))))
        if built:
            parts = {
                part: outcome(partial(PARTS[part], built[0], request)) for part in request["parts"]
            }
            came = {"outcome": "observed", "parts": parts}
    return {**came, "stdout": capture.text()}


def _build(builder: Callable[..., Any], arguments: dict[str, Any]) -> Any:
    import keras

    model = builder(**arguments)
    if not isinstance(model, keras.Model):
        raise NotA(model, "a keras.Model")
    return model


def _summary(model: Any, _: dict[str, Any]) -> list[Any]:
    """A row for each layer but inputs: its type, output shape and number of parameters."""
    import keras

    return [
        (type(layer).__name__, _output_shape(layer), int(layer.count_params()))
        for layer in model.layers
        if not isinstance(layer, keras.layers.InputLayer)
    ]


def _output_shape(layer: Any) -> Any:
    shape = getattr(layer.output, "shape", None)
    return None if shape is None else tuple(shape)


def _outputs(model: Any, request: dict[str, Any]) -> Any:
    assign_in_layer_order(model, request["weights"])
    return model(fresh(request["x"]), training=False)


PARTS: dict[str, Callable[[Any, dict[str, Any]], Any]] = {
    "summary": _summary,
    "outputs": _outputs,
}
