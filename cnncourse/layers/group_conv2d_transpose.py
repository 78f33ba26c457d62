"""Transposed convolution in groups; Keras's `Conv2DTranspose` has none."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.bias import add_bias


@keras.saving.register_keras_serializable("cnncourse")
class GroupConv2DTranspose(keras.layers.Conv2DTranspose):
    """Keras's `Conv2DTranspose` on each part of the channels, with kernels of their own.

    Args:
        filters: channels of the output; a multiple of `groups`.
        kernel_size: elements of the kernel along each axis; an int, or one for each axis.
        strides: step between what two neighbouring inputs write.
        padding: "valid" or "same" (size · stride outputs).
        output_padding: rows and columns added below and right; below `strides`.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        dilation_rate: step between the elements of the kernel; 1 where `strides` are not.
        groups: parts of the channels that do not see each other.
        kwargs: the other arguments of `Conv2DTranspose`.

    Shapes:
        input: (batch, height, width, channels)
        kernel: (*kernel_size, filters / groups, channels)
        output: (batch, height', width', filters)

    Raises:
        ValueError: an argument is none of the above, or `groups` does not divide the channels.

    Source:
        Dumoulin & Visin 2016, chapter 4, arXiv:1603.07285; Krizhevsky et al. 2012, section 3.5
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int | validation.Sizes,
        strides: int | validation.Sizes = 1,
        padding: str = "valid",
        output_padding: int | validation.Sizes | None = None,
        data_format: str | None = None,
        dilation_rate: int | validation.Sizes = 1,
        groups: int = 1,
        **kwargs: Any,
    ) -> None:
        self.groups = validation.count("groups", groups)
        validation.require_multiple(
            "filters", validation.count("filters", filters), "groups", groups
        )
        if output_padding is not None:
            output_padding = validation.counts("output_padding", output_padding, 2, minimum=0)
        super().__init__(
            filters,
            validation.counts("kernel_size", kernel_size, 2),
            strides=validation.counts("strides", strides, 2),
            padding=validation.padding(padding),
            output_padding=output_padding,
            data_format=validation.data_format(data_format),
            dilation_rate=validation.counts("dilation_rate", dilation_rate, 2),
            **kwargs,
        )

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        axis = validation.channel_axis(self.data_format)
        length = validation.channels(input_shape, axis)
        validation.require_multiple("the number of channels", length, "groups", self.groups)
        self.kernel = self.add_weight(
            name="kernel",
            shape=(*self.kernel_size, self.filters // self.groups, length),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
            constraint=self.kernel_constraint,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.filters,),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
                constraint=self.bias_constraint,
            )

    def call(self, inputs: Any) -> Any:
        axis = validation.channel_axis(self.data_format)
        parts = zip(
            ops.split(inputs, self.groups, axis=axis),
            ops.split(self.kernel, self.groups, axis=-1),
            strict=True,
        )
        outputs = ops.concatenate([self._transposed(*part) for part in parts], axis=axis)
        if self.bias is not None:
            outputs = add_bias(outputs, self.bias, self.data_format)
        return outputs if self.activation is None else self.activation(outputs)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "groups": self.groups}

    def _transposed(self, inputs: Any, kernel: Any) -> Any:
        rates = self.dilation_rate
        if keras.backend.backend() == "tensorflow" and max(rates) > 1:
            kernel, rates = _spread(kernel, rates), (1, 1)
        return ops.conv_transpose(
            inputs,
            kernel,
            strides=self.strides,
            padding=self.padding,
            output_padding=self.output_padding,
            dilation_rate=rates,
            data_format=self.data_format,
        )


def _spread(kernel: Any, rates: validation.Sizes) -> Any:
    """The kernel with zeros between its elements: TensorFlow's CPU dilates no transpose itself."""
    for axis, rate in enumerate(rates):
        zeros = [ops.zeros_like(kernel)] * (rate - 1)
        shape = list(kernel.shape)
        shape[axis] *= rate
        spread = ops.reshape(ops.stack([kernel, *zeros], axis=axis + 1), shape)
        kernel = ops.split(spread, [shape[axis] - rate + 1], axis=axis)[0]
    return kernel
