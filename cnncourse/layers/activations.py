"""Activations of the lectures' table that Keras has not, and that have no weights."""

from math import log
from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.precision import is_double
from cnncourse.layers.same_shape import SameShape

LOWEST, HIGHEST = 0.1, 0.5
"""What the slope of a very leaky ReLU may be, in the lectures' table."""


@keras.saving.register_keras_serializable("cnncourse")
class CenteredSoftplus(SameShape):
    """ln(eˣ + 1) - ln 2: a smooth ReLU that is 0 at 0.

    Shapes:
        input: any
        output: the same
    """

    def call(self, inputs: Any) -> Any:
        return ops.softplus(inputs) - log(2)


@keras.saving.register_keras_serializable("cnncourse")
class VReLU(SameShape):
    """Very leaky ReLU: x where it is positive, `negative_slope` · x elsewhere.

    Keras's `LeakyReLU` is the same with any slope, 0.3 by default; the lectures' has 0.01.

    Args:
        negative_slope: from 0.1 to 0.5.

    Shapes:
        input: any
        output: the same

    Raises:
        ValueError: the slope is none of those.

    Source:
        Graham 2014, section 3, arXiv:1409.6070, with 1/3
    """

    def __init__(self, negative_slope: float = 0.3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.negative_slope = validation.fraction("negative_slope", negative_slope, LOWEST, HIGHEST)

    def call(self, inputs: Any) -> Any:
        return _leak(inputs, self.negative_slope)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "negative_slope": self.negative_slope}


@keras.saving.register_keras_serializable("cnncourse")
class RReLU(SameShape):
    """Randomised leaky ReLU: while training, each element has a slope of its own.

    Slopes are uniform between `lower` and `upper`; at inference all are their mean.

    Args:
        lower, upper: from 0 to 1, the first not above the second.
        seed: of the slopes; another at each start where None.

    Shapes:
        input: any
        output: the same

    Raises:
        ValueError: the slopes are none of those.

    Source:
        Xu et al. 2015, section 2.4, arXiv:1505.00853, where x is divided by a number from 3 to 8
    """

    def __init__(
        self,
        lower: float = LOWEST,
        upper: float = HIGHEST,
        seed: int | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.lower = validation.fraction("lower", lower)
        self.upper = validation.fraction("upper", upper, self.lower)
        self.seed = seed
        self.seed_generator = keras.random.SeedGenerator(seed)

    def call(self, inputs: Any, training: bool = False) -> Any:
        if not training:
            return _leak(inputs, (self.lower + self.upper) / 2)
        slopes = keras.random.uniform(
            ops.shape(inputs), self.lower, self.upper, inputs.dtype, self.seed_generator
        )
        return ops.maximum(inputs, slopes * inputs)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "lower": self.lower,
            "upper": self.upper,
            "seed": self.seed,
        }


def _leak(inputs: Any, slope: float) -> Any:
    if is_double(inputs):  # TensorFlow has the slope in float32
        return ops.where(inputs > 0, inputs, slope * inputs)
    return ops.leaky_relu(inputs, slope)
