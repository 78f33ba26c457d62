"""What a layer is tested with: a configuration, a shape, and an oracle that is none of its code."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from autograder.tolerance import ARITHMETICS, Expected, bound
from cnncourse.layers.precision import HALF

Shape = tuple[int, ...]

DTYPES = ("float32", "float64") if keras.backend.backend() == "tensorflow" else ("float32",)
"""What answers are computed in. JAX has no doubles unless the whole process is told to, and on
PyTorch Keras's own operations make float32 of two float64."""


@dataclass(frozen=True)
class Case:
    """One configuration of a layer.

    Args:
        config: the constructor's arguments.
        input_shape: with the batch, channels last; several inputs are a list of shapes.
        oracle: the right output in float64, from the inputs and the layer's weights in their order.
        training: what the layer is called with.
        multilinear: the oracle is linear in each of its arguments, so that the bound on an answer's
            rounding follows from the oracle itself.
        roundings: where it is not, how many of them the largest element may have seen; with none,
            only the very value is right.
        positional: weights depend on the position, so that spatial sizes must be known.
        channels_first: False where no kernel of TensorFlow's CPU takes that order.
        refused: a change to `config`, or another `input_shape`, and words of the refusal.
    """

    layer: type[keras.layers.Layer]
    config: dict[str, Any]
    input_shape: Shape | list[Shape]
    output_shape: Shape
    oracle: Callable[..., Any]
    training: bool = False
    multilinear: bool = False
    roundings: int = 0
    positional: bool = False
    channels_first: bool = True
    refused: tuple[tuple[Any, str], ...] = field(default=())

    def __str__(self) -> str:
        config = ",".join(f"{name}={value}" for name, value in self.config.items())
        return f"{self.layer.__name__}({config})"

    def make(self, **changed: Any) -> keras.layers.Layer:
        """A new layer, not yet built."""
        return self.layer(**self.config | changed)

    def built(self, **changed: Any) -> keras.layers.Layer:
        """A new layer whose weights are all drawn, also those that start as zeros or ones."""
        layer = self.make(**changed)
        shape = self.input_shape
        if layer.get_config().get("data_format") == "channels_first":
            shape = mapped(channels_first_shape, shape)
        layer.build(shape)
        layer.set_weights(drawn_weights(layer))
        return layer

    def inputs(self) -> Any:
        """What the layer is called with: float32 numbers, channels last."""
        generator = np.random.default_rng(1)
        return mapped(
            lambda shape: generator.standard_normal(shape).astype("float32"), self.input_shape
        )

    def expected(self, layer: keras.layers.Layer, inputs: Any) -> Expected:
        """The oracle's answer, and what bounds the rounding of a right one."""
        arrays = [*(inputs if isinstance(inputs, list) else [inputs]), *layer.get_weights()]
        factors = [np.asarray(array, "float64") for array in arrays]
        value = np.asarray(self.oracle(*factors))
        if not self.multilinear:
            return Expected(value, degree=len(factors))
        return Expected(
            value,
            magnitude=np.asarray(self.oracle(*map(np.abs, factors))),
            terms=np.asarray(self.oracle(*map(np.ones_like, factors))),
            degree=len(factors),
        )

    def allowed(self, expected: Expected, dtype: str) -> np.ndarray:
        """How far each element of a right answer may lie from the expected one.

        Half precision rounds each array as it is read, the answer as it is stored, and what a
        nonlinearity makes on the way; sums are added up in float32.
        """
        if self.multilinear:
            return bound(expected, ARITHMETICS[dtype])
        value = np.asarray(expected.value)
        roundings = expected.degree + 2 if dtype in HALF else self.roundings
        relative = roundings * ARITHMETICS[dtype].result
        return np.full(value.shape, relative * np.max(np.abs(value)))


def drawn_weights(layer: keras.layers.Layer) -> list[np.ndarray]:
    """Normal numbers for what is trained, positive ones for the rest: a variance is no other."""
    generator = np.random.default_rng(2)
    trained = {id(weight) for weight in layer.trainable_weights}
    return [
        generator.standard_normal(weight.shape).astype("float32")
        if id(weight) in trained
        else generator.uniform(0.5, 1.5, weight.shape).astype("float32")
        for weight in layer.weights
    ]


def mapped(function: Callable[[Any], Any], value: Any) -> Any:
    """The function of one value, or of each in a list."""
    return [function(one) for one in value] if isinstance(value, list) else function(value)


def channels_first_shape(shape: Shape) -> Shape:
    """(batch, *spatial, channels) → (batch, channels, *spatial)."""
    return (shape[0], shape[-1], *shape[1:-1])
