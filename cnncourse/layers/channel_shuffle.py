"""Channels from each group, one after the other, so that the next group convolution sees all."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation
from cnncourse.layers.same_shape import SameShape


@keras.saving.register_keras_serializable("cnncourse")
class ChannelShuffle(SameShape):
    """Deal out the channels of each group in turn: with two groups, abcd becomes acbd.

    Args:
        groups: that the channels are in; at least 1, and a divisor of their number.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, *spatial, channels), with any number of spatial axes
        output: the same

    Raises:
        ValueError: `groups` is below 1 or does not divide the channels.

    Source:
        Zhang et al. 2018, section 3.1, arXiv:1707.01083
    """

    def __init__(self, groups: int, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.groups = validation.count("groups", groups)
        self.data_format = validation.data_format(data_format)

    def build(self, input_shape: validation.Shape) -> None:
        axis = validation.channel_axis(self.data_format)
        length = validation.channels(input_shape, axis)
        validation.require_multiple("the number of channels", length, "groups", self.groups)

    def call(self, inputs: Any) -> Any:
        shape = ops.shape(inputs)
        if self.data_format == "channels_last":
            dealt = ops.reshape(inputs, (-1, self.groups, shape[-1] // self.groups))
            return ops.reshape(ops.transpose(dealt, (0, 2, 1)), shape)
        dealt = ops.reshape(inputs, (shape[0], self.groups, shape[1] // self.groups, -1))
        return ops.reshape(ops.transpose(dealt, (0, 2, 1, 3)), shape)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "groups": self.groups, "data_format": self.data_format}
