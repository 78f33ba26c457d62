"""What a model is made of: Keras's summary as data."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from math import prod
from typing import Any, ClassVar

import keras


@dataclass(frozen=True)
class Row:
    """One layer or operation, biases and statistics counted among `params`.

    `output_shape` is a tuple, a list of them for several outputs, or "?" where Keras knows none.
    """

    name: str
    layer_type: str
    output_shape: Any
    params: int

    @property
    def cells(self) -> tuple[str | int, ...]:
        """A line of the table."""
        return f"{self.name} ({self.layer_type})", str(self.output_shape), self.params


@dataclass(frozen=True)
class Weights:
    """How many numbers, and how many bytes."""

    params: int
    size: float

    def __str__(self) -> str:
        return f"{self.params:,}"


@dataclass(frozen=True)
class Summary:
    """A model's layers and its weights; what an optimizer keeps is not counted."""

    name: str
    rows: tuple[Row, ...]
    trainable: Weights
    non_trainable: Weights

    header: ClassVar[tuple[str, ...]] = ("Layer (type)", "Output Shape", "Param #")

    @property
    def notes(self) -> tuple[str, ...]:
        """Lines below the totals."""
        return ()

    @property
    def totals(self) -> dict[str, Weights]:
        """The lines below the table."""
        both = (self.trainable, self.non_trainable)
        total = Weights(sum(w.params for w in both), sum(w.size for w in both))
        return dict(zip(("Total", "Trainable", "Non-trainable"), (total, *both), strict=True))


def summarize(model: keras.Model) -> Summary:
    """The summary of a built model, a row for each of its direct layers.

    Raises:
        ValueError: a layer has no weights yet; call the model on data, or give it an `Input`.
    """
    layers = getattr(model, "operations", model.layers)
    return Summary(
        model.name,
        tuple(map(row_of, layers)),
        _weights(model.trainable_weights),
        _weights(model.non_trainable_weights),
    )


def row_of(layer: Any) -> Row:
    """The row of a layer or an operation."""
    params = layer.count_params() if isinstance(layer, keras.Layer) else 0
    try:
        output_shape = keras.tree.map_structure(lambda tensor: tensor.shape, layer.output)
    except AttributeError:  # Keras's answer for a layer of a subclassed model
        output_shape = "?"
    return Row(layer.name, type(layer).__name__, output_shape, params)


def _weights(variables: Iterable[Any]) -> Weights:
    counts = [(prod(variable.shape), _bits(variable.dtype)) for variable in variables]
    return Weights(sum(n for n, _ in counts), sum(n * bits for n, bits in counts) / 8)


def item_size(dtype: str) -> int:
    """Bytes of one number in memory."""
    return max(1, _bits(dtype) // 8)


def readable(size: float) -> str:
    """Bytes as Keras shows them."""
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} TB"


def _bits(dtype: str) -> int:
    digits = re.search(r"\d+", dtype)
    return int(digits[0]) if digits else 1
