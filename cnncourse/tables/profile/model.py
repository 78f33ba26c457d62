"""The profile of a model: each layer of its graph, with what all its uses come to."""

from collections import defaultdict
from typing import Any

import keras

from cnncourse.tables.contents import Row, row_of, summarize
from cnncourse.tables.graph import has_graph, origin
from cnncourse.tables.profile.following import Outcome, follow, memory_of
from cnncourse.tables.profile.kinds import data_format_of
from cnncourse.tables.profile.rows import Profile, ProfileRow, Sight
from cnncourse.tables.profile.seen import of_image, of_vector
from cnncourse.tables.profile.unknown import Unknown, total
from cnncourse.tables.profile.use import Tensor


def profile_model(model: keras.Model) -> Profile:
    """What each layer of a model costs, and what it sees of the model's input.

    Multiply-accumulates are those of weights with one image; memory is that of the outputs for one
    image. A layer that is used more than once has its parameters counted once and the sum of its
    costs. The receptive field is that of an output away from the borders.

    Args:
        model: functional or sequential, with an input; of a subclass with a `call` of its own only
            the weights are known.

    Returns:
        A table when printed; `rows`, `macs` and `memory` as data. What cannot be computed is
        `Unknown` and says why.

    Raises:
        ValueError: a layer has no weights yet; call the model on data, or give it an `Input`.
    """
    summary = summarize(model)
    outcomes = _outcomes(model) if has_graph(model) else {}
    ahead = [layer for layer in outcomes if isinstance(layer, keras.layers.InputLayer)]
    layers = getattr(model, "operations", None) or dict.fromkeys([*ahead, *model.layers])
    subclassed = Unknown(f"{model.name} is subclassed: what its call does is not known")
    rows = tuple(_row(row_of(layer), outcomes.get(layer), subclassed) for layer in layers)
    return Profile(summary.name, rows, summary.trainable, summary.non_trainable)


def _outcomes(model: keras.Model) -> dict[Any, list[Outcome]]:
    """What every use of every layer comes to, those of the inputs first."""
    outcomes: dict[Any, list[Outcome]] = defaultdict(list)
    formats = _data_formats(model)
    channels_last = formats != {"channels_first"}
    given = [_given(symbol, formats) for symbol in model.inputs]
    for symbol, tensor in zip(model.inputs, given, strict=True):
        outcomes[origin(symbol).operation].append(Outcome(0, memory_of(tensor), (tensor,)))
    follow(
        model.inputs,
        model.outputs,
        given,
        channels_last=channels_last,
        record=lambda layer, outcome: outcomes[layer].append(outcome),
    )
    return outcomes


def _data_formats(model: Any) -> set[str]:
    """How images are laid out in the layers and those inside them; as Keras is set if none says."""
    said = map(data_format_of, model._flatten_layers())
    return set(filter(None, said)) or {keras.config.image_data_format()}


def _given(symbol: Any, formats: set[str]) -> Tensor:
    shape = tuple(symbol.shape)
    name = origin(symbol).operation.name
    if len(shape) == 2:
        return Tensor(shape, symbol.dtype, of_vector(name, shape[1]))
    if len(formats) > 1:
        unclear = Unknown("layers with channels first and last follow one another")
        return Tensor(shape, symbol.dtype, unclear)
    sizes = shape[2:] if formats == {"channels_first"} else shape[1:-1]
    return Tensor(shape, symbol.dtype, of_image(name, sizes))


def _row(row: Row, uses: list[Outcome] | None, subclassed: Unknown) -> ProfileRow:
    if not uses:
        sight = Sight(subclassed, subclassed, subclassed)
        return ProfileRow(**vars(row), macs=subclassed, memory=subclassed, sights=(sight,))
    outputs = [tensor for use in uses for tensor in use.outputs]
    shapes = [tensor.shape for tensor in outputs]
    several = len(uses[0].outputs) > 1 or len(set(shapes)) > 1
    return ProfileRow(
        row.name,
        row.layer_type,
        shapes if several else shapes[0],
        row.params,
        total(use.macs for use in uses),
        total(use.memory for use in uses),
        tuple(dict.fromkeys(Sight.of(tensor.view) for tensor in outputs)),
    )
