"""A model's graph, followed from its inputs to its outputs: what each use of a layer comes to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import keras

from cnncourse.layers.block import Block
from cnncourse.tables.contents import item_size
from cnncourse.tables.graph import calls, has_graph
from cnncourse.tables.profile.kinds import data_format_of, kind_of, refusal, view_of
from cnncourse.tables.profile.opening import opened
from cnncourse.tables.profile.seen import View
from cnncourse.tables.profile.unknown import Amount, Unknown, total
from cnncourse.tables.profile.use import Shape, Tensor, Use, count


@dataclass(frozen=True)
class Outcome:
    """What one use of a layer takes, and what its outputs see."""

    macs: Amount
    memory: Amount
    outputs: tuple[Tensor, ...]


def follow(
    inputs: Sequence[Any],
    outputs: Sequence[Any],
    given: Sequence[Tensor],
    *,
    channels_last: bool,
    record: Callable[[Any, Outcome], None],
) -> tuple[Tensor, ...]:
    """Every call between Keras's symbolic `inputs` and `outputs`, on tensors as `given`.

    Args:
        channels_last: how images are laid out where the layer that takes them does not say it.
        record: told of each layer or operation and what its call comes to, in turn.

    Returns:
        The tensors at `outputs`.
    """
    tensors = {id(symbol): tensor for symbol, tensor in zip(inputs, given, strict=True)}
    for node in calls(inputs, outputs):
        if not node.is_input:
            outcome = _outcome(node, tensors, channels_last)
            record(node.operation, outcome)
            tensors |= {
                id(symbol): tensor
                for symbol, tensor in zip(node.outputs, outcome.outputs, strict=True)
            }
    return tuple(tensors[id(symbol)] for symbol in outputs)


def _outcome(node: Any, tensors: dict[int, Tensor], channels_last: bool) -> Outcome:
    layer = node.operation
    inputs = tuple(tensors[id(symbol)] for symbol in node.input_tensors)
    shapes = _output_shapes(node, inputs)
    name = f"{layer.name} ({type(layer).__name__})"
    said = data_format_of(layer)
    use = Use(layer, name, inputs, shapes, said == "channels_last" if said else channels_last)
    unknown = refusal(use)
    kind = kind_of(layer)
    if unknown is None and kind is not None:
        outputs = _tensors(node, shapes, view_of(kind, use))
        memory = total(map(memory_of, outputs)) if kind.writes else 0
        return Outcome(kind.macs(use), memory, outputs)
    if unknown is None:
        inside = _inside(layer, list(inputs), name)
        if not isinstance(inside, Unknown):
            return _sum_of(*inside, inputs, channels_last)
        unknown = inside
    return Outcome(unknown, unknown, _tensors(node, shapes, unknown))


def _output_shapes(node: Any, inputs: Sequence[Tensor]) -> tuple[Shape, ...]:
    """As Keras has recorded them, or computes them where a nested model is given another size."""
    symbols = node.input_tensors
    outputs = node.outputs
    if any(symbol.shape != tensor.shape for symbol, tensor in zip(symbols, inputs, strict=True)):
        actual = {
            id(symbol): keras.KerasTensor(tensor.shape, dtype=tensor.dtype)
            for symbol, tensor in zip(symbols, inputs, strict=True)
        }
        arguments, keywords = node.arguments.fill_in(actual)
        outputs = keras.tree.flatten(node.operation.compute_output_spec(*arguments, **keywords))
    return tuple(tuple(symbol.shape) for symbol in outputs)


def _tensors(node: Any, shapes: Iterable[Shape], view: View) -> tuple[Tensor, ...]:
    outputs = zip(shapes, node.outputs, strict=True)
    return tuple(Tensor(shape, symbol.dtype, view) for shape, symbol in outputs)


def memory_of(tensor: Tensor) -> Amount:
    """Bytes of one image's."""
    numbers = count(tensor.shape[1:])
    return numbers if isinstance(numbers, Unknown) else numbers * item_size(tensor.dtype)


def _inside(layer: Any, inputs: list[Tensor], name: str) -> tuple[Any, Any] | Unknown:
    """The symbolic inputs and outputs of what a layer is made of."""
    inside = layer.body if isinstance(layer, Block) else layer
    if has_graph(inside):
        return inside.inputs, inside.outputs
    if not isinstance(layer, keras.Layer):
        return Unknown(f"{name} is an operation of which nothing is known")
    return opened(layer, inputs, name)


def _sum_of(
    symbols: Sequence[Any], results: Sequence[Any], inputs: Sequence[Tensor], channels_last: bool
) -> Outcome:
    outcomes: list[Outcome] = []
    outputs = follow(
        symbols,
        results,
        inputs,
        channels_last=channels_last,
        record=lambda _, outcome: outcomes.append(outcome),
    )
    macs, memory = (total(getattr(o, cost) for o in outcomes) for cost in ("macs", "memory"))
    return Outcome(macs, memory, outputs)
