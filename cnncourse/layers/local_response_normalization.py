"""Channels that keep each other small, as in AlexNet."""

from typing import Any

import keras
import numpy as np
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.precision import single
from cnncourse.layers.same_shape import SameShape


@keras.saving.register_keras_serializable("cnncourse")
class LocalResponseNormalization(SameShape):
    """Divide each value by (`bias` + `alpha` · Σ squares)^`beta`, over neighbouring channels.

    Half precision is squared in float32, where it does not overflow.

    Args:
        depth_radius: channels on either side that count as neighbours, fewer at the ends.
        bias: above 0, so that nothing is divided by 0.
        alpha: of the sum of squares. PyTorch's is divided by the number of neighbours.
        beta: the power.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, *spatial, channels), with any number of spatial axes
        output: the same

    Raises:
        ValueError: an argument is none of the above.

    Source:
        Krizhevsky et al. 2012, section 3.3, where n = 2 · depth_radius + 1
    """

    def __init__(
        self,
        depth_radius: int = 2,
        bias: float = 2.0,
        alpha: float = 1e-4,
        beta: float = 0.75,
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.depth_radius = validation.count("depth_radius", depth_radius, minimum=0)
        self.bias = validation.positive("bias", bias)
        self.alpha = validation.positive("alpha", alpha)
        self.beta = validation.positive("beta", beta)
        self.data_format = validation.data_format(data_format)

    def build(self, input_shape: validation.Shape) -> None:
        validation.channels(input_shape, validation.channel_axis(self.data_format))

    def call(self, inputs: Any) -> Any:
        wide = single(inputs)
        divisors = (self.bias + self.alpha * self._sums(ops.square(wide))) ** self.beta
        return ops.cast(wide / divisors, self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "depth_radius": self.depth_radius,
            "bias": self.bias,
            "alpha": self.alpha,
            "beta": self.beta,
            "data_format": self.data_format,
        }

    def _sums(self, squares: Any) -> Any:
        """Over neighbours: a product with a matrix that has ones beside its diagonal."""
        if self.data_format == "channels_first":
            shape = ops.shape(squares)
            flat = ops.reshape(squares, (shape[0], shape[1], -1))
            return ops.reshape(ops.matmul(self._neighbours(shape[1], flat.dtype), flat), shape)
        return ops.matmul(squares, self._neighbours(squares.shape[-1], squares.dtype))

    def _neighbours(self, channels: int, dtype: Any) -> Any:
        apart = np.subtract.outer(np.arange(channels), np.arange(channels))
        return ops.convert_to_tensor(np.abs(apart) <= self.depth_radius, dtype)
