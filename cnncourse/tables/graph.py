"""The calls that a functional or sequential model is made of, in an order in which they may run."""

from collections.abc import Iterable, Sequence
from graphlib import TopologicalSorter
from typing import Any

import keras


def has_graph(model: Any) -> bool:
    """Whether a model's calls are known: not those of a subclass with a `call` of its own."""
    if not isinstance(model, keras.Model) or not type(model).call.__module__.startswith("keras."):
        return False
    return bool(getattr(model, "inputs", None) and getattr(model, "outputs", None))


def calls(inputs: Iterable[Any], outputs: Sequence[Any]) -> list[Any]:
    """Keras's nodes between symbolic tensors; what the inputs are made of is left out.

    A node has an `operation`, `input_tensors` and `outputs`; a shared layer has several.
    """
    given = {id(tensor) for tensor in inputs}
    parents: dict[Any, list[Any]] = {}
    pending = [_node(tensor) for tensor in outputs]
    while pending:
        node = pending.pop()
        if node not in parents:
            needed = [tensor for tensor in node.input_tensors if id(tensor) not in given]
            parents[node] = [_node(tensor) for tensor in needed]
            pending += parents[node]
    return list(TopologicalSorter(parents).static_order())


def origin(tensor: Any) -> Any:
    """The `operation` that made a symbolic tensor, and the `node_index` of its call."""
    return tensor._keras_history


def _node(tensor: Any) -> Any:
    history = origin(tensor)
    return history.operation._inbound_nodes[history.node_index]
