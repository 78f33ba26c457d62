"""The judge's weights in a student's layer or model."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.worker.calls.outcomes import Unfit


def variable(layer: Any, role: str) -> Any:
    """A layer's weight by the name of its attribute, else by its own; None if there is none."""
    import keras

    own = getattr(layer, role, None)
    if isinstance(own, keras.Variable):
        return own
    return next((weight for weight in layer.weights if weight.name == role), None)


def assign_by_role(layer: Any, values: Mapping[str, Any]) -> None:
    """Put values into a built layer.

    Raises:
        Unfit: a role is missing, or has another shape.
    """
    for role, value in values.items():
        weight = variable(layer, role)
        if weight is None:
            raise Unfit(f"no weight {role!r} is there")
        _assign(weight, value, f"the weight {role!r}")


def in_layer_order(model: Any) -> list[Any]:
    """All weights of a model, layer by layer; what random numbers are made from is none."""
    return [weight for layer in model.layers for weight in layer.weights]


def assign_in_layer_order(model: Any, values: Sequence[Any]) -> None:
    """Put values into a built model.

    Raises:
        Unfit: it has another number of weights, or other shapes.
    """
    weights = in_layer_order(model)
    if len(weights) != len(values):
        raise Unfit(f"the model has {len(weights)} weights (kernels, biases), not {len(values)}")
    for number, (weight, value) in enumerate(zip(weights, values, strict=True), 1):
        _assign(weight, value, f"weight {number} of {len(values)} ({weight.path})")


def _assign(weight: Any, value: Any, name: str) -> None:
    if tuple(weight.shape) != value.shape:
        raise Unfit(f"{name} has shape {tuple(weight.shape)}, expected {value.shape}")
    weight.assign(value)
