"""Two ways to a larger image besides transposed convolution, without its checkerboards."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.enlarging import ENLARGING
from cnncourse.layers.strided_dilated_conv2d import StridedDilatedConv2D
from cnncourse.layers.windows import with_sizes


class UpsamplingConvolution(keras.layers.Layer):
    """What both have in common: a convolution at stride 1, and an output `scale` times as large."""

    def __init__(
        self,
        filters: int,
        kernel_size: int | validation.Sizes,
        scale: int = 2,
        padding: str = "same",
        data_format: str | None = None,
        activation: Any = None,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.filters = validation.count("filters", filters)
        self.kernel_size = validation.counts("kernel_size", kernel_size, 2)
        self.scale = validation.count("scale", scale)
        self.padding = validation.padding(padding)
        self.data_format = validation.data_format(data_format)
        self.activation = keras.activations.get(activation)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "filters": self.filters,
            "kernel_size": self.kernel_size,
            "scale": self.scale,
            "padding": self.padding,
            "data_format": self.data_format,
            "activation": keras.activations.serialize(self.activation),
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
        }

    def _convolution(self, filters: int) -> StridedDilatedConv2D:
        """The convolution, not yet built, without the activation."""
        return StridedDilatedConv2D(
            filters,
            self.kernel_size,
            padding=self.padding,
            data_format=self.data_format,
            use_bias=self.use_bias,
            kernel_initializer=self.kernel_initializer,
            bias_initializer=self.bias_initializer,
            kernel_regularizer=self.kernel_regularizer,
            bias_regularizer=self.bias_regularizer,
            dtype=self.dtype_policy,
            name="convolution",
        )

    def _scaled(self, shape: validation.Shape, channels: int) -> validation.Shape:
        """The shape of `scale` times as large an image."""
        sizes = validation.spatial(shape, self.data_format)
        larger = [None if size is None else size * self.scale for size in sizes]
        return with_sizes(shape, larger, channels, self.data_format)


@keras.saving.register_keras_serializable("cnncourse")
class ResizeConv2D(UpsamplingConvolution):
    """Enlarge the image, then convolve it at stride 1.

    Args:
        filters: channels of the output.
        kernel_size: elements of the kernel along each axis; an int, or one for each axis.
        scale: how many times as high and wide the output is.
        interpolation: "nearest" or "bilinear".
        padding: "same" or "valid", of the convolution.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
        bias_regularizer: as for Keras's `Conv2D`.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, scale · height, scale · width, filters), less k - 1 where "valid"

    Raises:
        ValueError: an argument is none of the above, or the kernel exceeds the unpadded image.

    Source:
        Odena et al. 2016, "Deconvolution and checkerboard artifacts", doi:10.23915/distill.00003
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int | validation.Sizes,
        scale: int = 2,
        interpolation: str = "nearest",
        **kwargs: Any,
    ) -> None:
        super().__init__(filters, kernel_size, scale, **kwargs)
        self.interpolation = validation.choice("interpolation", interpolation, tuple(ENLARGING))
        self.convolution = self._convolution(self.filters)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        axis = validation.channel_axis(self.data_format)
        larger = self._scaled(input_shape, validation.channels(input_shape, axis))
        validation.require_fit(
            validation.spatial(larger, self.data_format), self.kernel_size, self.padding
        )
        self.convolution.build(larger)

    def call(self, inputs: Any) -> Any:
        larger = ENLARGING[self.interpolation](inputs, self.scale, self.data_format)
        return self.activation(self.convolution(larger))

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        shape: validation.Shape = self.convolution.compute_output_shape(
            self._scaled(input_shape, self.filters)
        )
        return shape

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "interpolation": self.interpolation}


@keras.saving.register_keras_serializable("cnncourse")
class SubpixelConv2D(UpsamplingConvolution):
    """Convolve the small image into scale² maps for each filter, then interleave their pixels.

    Row i and column j of a block come from channels (i · scale + j) · filters onwards, in each data
    format: TensorFlow's order. PyTorch's `PixelShuffle` takes them from i · scale + j onwards, in
    steps of scale².

    Args:
        filters: channels of the output.
        kernel_size: elements of the kernel along each axis; an int, or one for each axis.
        scale: how many times as high and wide the output is.
        padding: "same" or "valid", of the convolution.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        activation, use_bias, kernel_initializer, bias_initializer, kernel_regularizer,
        bias_regularizer: as for Keras's `Conv2D`.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, scale · height', scale · width', filters), height' being what the
            convolution leaves

    Raises:
        ValueError: an argument is none of the above, or the kernel exceeds the unpadded image.

    Source:
        Shi et al. 2016, section 3.2, arXiv:1609.05158
    """

    def __init__(
        self, filters: int, kernel_size: int | validation.Sizes, scale: int = 2, **kwargs: Any
    ) -> None:
        super().__init__(filters, kernel_size, scale, **kwargs)
        self.convolution = self._convolution(self.filters * self.scale**2)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        validation.channels(input_shape, validation.channel_axis(self.data_format))
        validation.require_fit(
            validation.spatial(input_shape, self.data_format), self.kernel_size, self.padding
        )
        self.convolution.build(input_shape)

    def call(self, inputs: Any) -> Any:
        return self.activation(self._laid_out(self.convolution(inputs)))

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        shape = self.convolution.compute_output_shape(input_shape)
        return self._scaled(shape, self.filters)

    def _laid_out(self, maps: Any) -> Any:
        """(batch, height, width, scale · scale · filters) → the output."""
        batch, *sizes = ops.shape(maps)
        scale, filters = self.scale, self.filters
        if self.data_format == "channels_last":
            height, width, _ = sizes
            blocks = ops.reshape(maps, (batch, height, width, scale, scale * filters))
            rows = ops.transpose(blocks, (0, 1, 3, 2, 4))
            return ops.reshape(rows, (batch, height * scale, width * scale, filters))
        _, height, width = sizes
        blocks = ops.reshape(maps, (batch, scale, scale, filters, height, width))
        rows = ops.transpose(blocks, (0, 3, 4, 1, 5, 2))
        return ops.reshape(rows, (batch, filters, height * scale, width * scale))
