"""Convolution with strides and dilation at once, which Keras's `Conv2D` refuses."""

from math import gcd
from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.bias import add_bias
from cnncourse.layers.windows import pad_same, take_every


@keras.saving.register_keras_serializable("cnncourse")
class StridedDilatedConv2D(keras.layers.Conv2D):
    """Keras's `Conv2D`, with `strides` and `dilation_rate` both above 1 where wanted.

    Args:
        filters: channels of the output; a multiple of `groups`.
        kernel_size: elements of the kernel along each axis; an int, or one for each axis.
        strides: step from one patch to the next.
        padding: "valid" (none) or "same" (⌈size / stride⌉ outputs).
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
        dilation_rate: step from one element of a patch to the next.
        groups: parts of the channels that do not see each other.
        kwargs: the other arguments of `Conv2D`.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, height', width', filters)

    Raises:
        ValueError: an argument is none of the above, `groups` does not divide the channels, or the
            dilated kernel covers more than the unpadded input.

    Source:
        Yu & Koltun 2016, section 2, arXiv:1511.07122
    """

    def __init__(
        self,
        filters: int,
        kernel_size: int | validation.Sizes,
        strides: int | validation.Sizes = 1,
        padding: str = "valid",
        data_format: str | None = None,
        dilation_rate: int | validation.Sizes = 1,
        groups: int = 1,
        **kwargs: Any,
    ) -> None:
        validation.count("groups", groups)
        validation.require_multiple(
            "filters", validation.count("filters", filters), "groups", groups
        )
        super().__init__(
            filters,
            validation.counts("kernel_size", kernel_size, 2),
            strides=validation.counts("strides", strides, 2),
            padding=validation.padding(padding),
            data_format=validation.data_format(data_format),
            groups=groups,
            **kwargs,
        )
        # Not handed up, where it is refused beside strides.
        self.dilation_rate = validation.counts("dilation_rate", dilation_rate, 2)

    def build(self, input_shape: validation.Shape) -> None:
        validation.require_ndim(input_shape, 4)
        length = validation.channels(input_shape, validation.channel_axis(self.data_format))
        validation.require_multiple("the number of channels", length, "groups", self.groups)
        sizes = validation.spatial(input_shape, self.data_format)
        validation.require_fit(sizes, self.kernel_size, self.padding, self.dilation_rate)
        super().build(input_shape)

    def call(self, inputs: Any) -> Any:
        outputs = self.convolution_op(inputs, self.kernel)
        if self.bias is not None:
            outputs = add_bias(outputs, self.bias, self.data_format)
        return outputs if self.activation is None else self.activation(outputs)

    def convolution_op(self, inputs: Any, kernel: Any) -> Any:
        """Output i reads elements s·i + r·j: multiples of what divides both, so others go."""
        steps = self.strides, self.dilation_rate
        if 1 in map(max, steps):  # so Keras can
            return super().convolution_op(inputs, kernel)
        shared = tuple(gcd(stride, rate) for stride, rate in zip(*steps, strict=True))
        strides, rates = (
            tuple(step // common for step, common in zip(one, shared, strict=True)) for one in steps
        )
        if self.padding == "same":
            inputs = pad_same(inputs, self.kernel_size, *steps, self.data_format)
        inputs = take_every(inputs, shared, self.data_format)
        skipped = (1, 1)
        if keras.backend.backend() == "tensorflow" and max(rates) > 1:  # it refuses both at once
            strides, skipped = (1, 1), strides
        outputs = ops.conv(
            inputs, kernel, strides=strides, dilation_rate=rates, data_format=self.data_format
        )
        return take_every(outputs, skipped, self.data_format)
