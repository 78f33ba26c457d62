"""Pools that Keras has not: a window's Euclidean norm, and its maximum and mean mixed."""

from math import prod
from typing import Any

import keras
import numpy as np
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.precision import single
from cnncourse.layers.windows import output_sizes, pad_same, with_sizes


class Pooling2D(keras.layers.Layer):
    """What both have in common: where the windows stand."""

    def __init__(
        self,
        pool_size: int | validation.Sizes = 2,
        strides: int | validation.Sizes | None = None,
        padding: str = "valid",
        data_format: str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.pool_size = validation.counts("pool_size", pool_size, 2)
        steps = self.pool_size if strides is None else strides
        self.strides = validation.counts("strides", steps, 2)
        self.padding = validation.padding(padding)
        self.data_format = validation.data_format(data_format)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        sizes = validation.spatial(input_shape, self.data_format)
        validation.require_fit(sizes, self.pool_size, self.padding)

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        sizes = validation.spatial(input_shape, self.data_format)
        positions = output_sizes(sizes, self.pool_size, self.strides, self.padding)
        channels = input_shape[validation.channel_axis(self.data_format)]
        return with_sizes(input_shape, positions, channels, self.data_format)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "pool_size": self.pool_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
        }

    def _means(self, inputs: Any) -> Any:
        """Of each window, the zeros counted that "same" adds."""
        if self.padding == "same":
            inputs = pad_same(inputs, self.pool_size, self.strides, (1, 1), self.data_format)
        return ops.average_pool(inputs, self.pool_size, self.strides, "valid", self.data_format)


@keras.saving.register_keras_serializable("cnncourse")
class L2Pooling2D(Pooling2D):
    """The Euclidean norm √Σx² of each window, channel by channel.

    That of zeros is 10⁻¹⁹, in float64 10⁻¹⁵⁴, and has the gradient 0, where a root's is infinite.

    Half precision is squared in float32, where it does not overflow.

    Args:
        pool_size: elements along each axis of the window; an int, or one for each axis.
        strides: step from one window to the next; `pool_size` where None.
        padding: "valid" (none) or "same" (⌈size / stride⌉ outputs).
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, height', width', channels)

    Raises:
        ValueError: an argument is none of the above, or the window exceeds the unpadded input.

    Source:
        Goodfellow et al. 2016, *Deep Learning*, section 9.3
    """

    def call(self, inputs: Any) -> Any:
        wide = single(inputs)
        smallest = float(np.finfo(keras.backend.standardize_dtype(wide.dtype)).tiny)
        sums = self._means(ops.square(wide)) * prod(self.pool_size)
        return ops.cast(ops.sqrt(ops.maximum(sums, smallest)), self.compute_dtype)


@keras.saving.register_keras_serializable("cnncourse")
class MixedPooling2D(Pooling2D):
    """`mix` · maximum + (1 - `mix`) · mean of each window.

    The lectures' "max + average" is this with a `mix` of one half, which keeps the scale of a
    single pool; a sum of both is twice that.

    Half precision is summed in float32, where it does not overflow.

    Args:
        pool_size: elements along each axis of the window; an int, or one for each axis.
        strides: step from one window to the next; `pool_size` where None.
        padding: "valid" (none) or "same" (⌈size / stride⌉ outputs); what is padded is not counted.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        mix: share of the maximum, from 0 to 1.
        learnt: `mix` is where training starts, with one weight for each channel.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, height', width', channels)

    Raises:
        ValueError: an argument is none of the above, or the window exceeds the unpadded input.

    Source:
        Lee et al. 2016, section 3.1, arXiv:1509.08985
    """

    def __init__(
        self,
        pool_size: int | validation.Sizes = 2,
        strides: int | validation.Sizes | None = None,
        padding: str = "valid",
        data_format: str | None = None,
        mix: float = 0.5,
        learnt: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(pool_size, strides, padding, data_format, **kwargs)
        self.mix = validation.fraction("mix", mix)
        self.learnt = learnt

    def build(self, input_shape: validation.Shape) -> None:
        super().build(input_shape)
        self.share = None
        if self.learnt:
            length = validation.channels(input_shape, validation.channel_axis(self.data_format))
            initial = keras.initializers.Constant(self.mix)
            self.share = self.add_weight(name="mix", shape=(length,), initializer=initial)

    def call(self, inputs: Any) -> Any:
        wide = single(inputs)
        largest = ops.max_pool(wide, self.pool_size, self.strides, self.padding, self.data_format)
        means = self._averages(wide)
        share = self.mix if self.share is None else ops.cast(self._shared(), wide.dtype)
        return ops.cast(means + share * (largest - means), self.compute_dtype)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "mix": self.mix, "learnt": self.learnt}

    def _averages(self, inputs: Any) -> Any:
        """Of each window, what "same" adds not counted."""
        if self.padding == "same" and keras.backend.backend() == "torch":
            # Keras 3.15 counts some of the zeros there.
            return self._means(inputs) / self._means(ops.ones_like(inputs[:1]))
        return ops.average_pool(
            inputs, self.pool_size, self.strides, self.padding, self.data_format
        )

    def _shared(self) -> Any:
        last = self.data_format == "channels_last"
        return self.share if last else ops.reshape(self.share, (1, -1, 1, 1))
