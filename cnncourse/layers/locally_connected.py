"""Convolution without shared weights: each patch of the input has a kernel of its own."""

from itertools import product
from math import prod
from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.windows import output_sizes, pad_same, with_sizes


class LocallyConnected(keras.layers.Layer):
    """What both have in common; subclasses state their `rank`, the number of spatial axes."""

    rank: int

    def __init__(
        self,
        filters: int,
        kernel_size: int | validation.Sizes,
        strides: int | validation.Sizes = 1,
        padding: str = "valid",
        data_format: str | None = None,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "lecun_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.filters = validation.count("filters", filters)
        self.kernel_size = validation.counts("kernel_size", kernel_size, self.rank)
        self.strides = validation.counts("strides", strides, self.rank)
        self.padding = validation.padding(padding)
        self.data_format = validation.data_format(data_format)
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, self.rank + 2)
        axis = validation.channel_axis(self.data_format)
        channels = validation.channels(input_shape, axis)
        sizes = validation.require_known(
            "spatial sizes",
            validation.spatial(input_shape, self.data_format),
            why="each position has its own weights",
            advice="give all of them",
        )
        validation.require_fit(sizes, self.kernel_size, self.padding)
        positions = output_sizes(sizes, self.kernel_size, self.strides, self.padding)
        self.kernel = self.add_weight(
            name="kernel",
            shape=(*positions, *self.kernel_size, channels, self.filters),
            initializer=self._drawn,
            regularizer=self.kernel_regularizer,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(*positions, self.filters),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
            )

    def call(self, inputs: Any) -> Any:
        if self.data_format == "channels_first":
            inputs = ops.moveaxis(inputs, 1, -1)
        positions = self.kernel.shape[: self.rank]
        patches = self._patches(inputs, positions)
        kernel = ops.reshape(self.kernel, (prod(positions), -1, self.filters))
        outputs = ops.transpose(ops.matmul(patches, kernel), (1, 0, 2))
        outputs = ops.reshape(outputs, (-1, *positions, self.filters))
        if self.bias is not None:
            outputs = outputs + self.bias
        outputs = self.activation(outputs)
        return outputs if self.data_format == "channels_last" else ops.moveaxis(outputs, -1, 1)

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        sizes = validation.spatial(input_shape, self.data_format)
        positions = output_sizes(sizes, self.kernel_size, self.strides, self.padding)
        return with_sizes(input_shape, positions, self.filters, self.data_format)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "padding": self.padding,
            "data_format": self.data_format,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
        }

    def _drawn(self, shape: validation.Sizes, dtype: str | None = None) -> Any:
        """The kernel as one convolution's with more filters, so that fan-in is that of a patch."""
        positions, one = shape[: self.rank], shape[self.rank : -1]
        drawn = self.kernel_initializer((*one, prod(positions) * self.filters), dtype=dtype)
        apart = ops.reshape(drawn, (prod(one), prod(positions), self.filters))
        return ops.reshape(ops.transpose(apart, (1, 0, 2)), shape)

    def _patches(self, inputs: Any, positions: validation.Sizes) -> Any:
        """(batch, *sizes, channels) → (positions, batch, elements of a patch)."""
        if self.padding == "same":
            ones = (1,) * self.rank
            inputs = pad_same(inputs, self.kernel_size, self.strides, ones, "channels_last")
        # One slice for each element of the kernel: the pixels that it meets at all positions.
        met = [
            inputs[(slice(None), *self._slices(offsets, positions))]
            for offsets in product(*map(range, self.kernel_size))
        ]
        patches = ops.concatenate(met, axis=-1)
        elements = prod(self.kernel_size) * inputs.shape[-1]
        return ops.transpose(ops.reshape(patches, (-1, prod(positions), elements)), (1, 0, 2))

    def _slices(self, offsets: validation.Sizes, positions: validation.Sizes) -> list[slice]:
        axes = zip(offsets, self.strides, positions, strict=True)
        return [slice(at, at + (count - 1) * step + 1, step) for at, step, count in axes]


@keras.saving.register_keras_serializable("cnncourse")
class LocallyConnected1D(LocallyConnected):
    """`LocallyConnected2D` with one spatial axis.

    Shapes:
        input: (batch, length, channels); the length must be known
        kernel: (length', kernel_size, channels, filters)
        output: (batch, length', filters)
    """

    rank = 1


@keras.saving.register_keras_serializable("cnncourse")
class LocallyConnected2D(LocallyConnected):
    """Each patch's inner product with its own kernel, and its own bias.

    Args:
        filters: channels of the output.
        kernel_size: elements of a patch along each axis; an int, or one for each axis.
        strides: step from one patch to the next.
        padding: "valid" (none) or "same" (⌈size / stride⌉ outputs).
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        activation, use_bias, bias_initializer, kernel_regularizer, bias_regularizer: as for
            Keras's `Conv2D`.
        kernel_initializer: one that scales by fan-in, which is that of a patch; fan-out would count
            all positions.

    Shapes:
        input: (batch, height, width, channels); height and width must be known
        kernel: (height', width', *kernel_size, channels, filters)
        output: (batch, height', width', filters)

    Raises:
        ValueError: an argument is none of the above, a size is unknown, or the patch exceeds the
            unpadded input.

    Source:
        LeCun 1989, "Generalization and network design strategies", section 4
    """

    rank = 2
