"""A composite layer as the graph that its call makes of Keras layers."""

from typing import Any

import keras

from cnncourse.tables.profile.unknown import Unknown
from cnncourse.tables.profile.use import Tensor


def opened(layer: Any, inputs: list[Tensor], name: str) -> tuple[list[Any], list[Any]] | Unknown:
    """Symbolic inputs and outputs of a copy of the layer, whose weights are never made.

    The layer itself is left as it is: its call would wire its parts to these tensors for good.
    """
    try:
        with keras.StatelessScope(initialize_variables=False):
            copy = type(layer).from_config(layer.get_config())
            given = [keras.Input(batch_shape=t.shape, dtype=t.dtype) for t in inputs]
            arguments = given[0] if len(given) == 1 else given
            copy(arguments)  # which builds it, and records the layer as one
            outputs = keras.tree.flatten(copy.call(arguments))
    except Exception as reason:
        return Unknown(f"{name} cannot be opened: {_first_line(reason)}")
    if not all(hasattr(tensor, "_keras_history") for tensor in outputs):
        return Unknown(f"{name} does more than to call Keras layers")
    return given, outputs


def _first_line(reason: Exception) -> str:
    lines = str(reason).splitlines()
    return lines[0] if lines else type(reason).__name__
