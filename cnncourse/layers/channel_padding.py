"""More channels without weights."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation


@keras.saving.register_keras_serializable("cnncourse")
class ChannelPadding(keras.layers.Layer):
    """Append channels of zeros: a residual network's shortcut without parameters, option A.

    Args:
        filters: channels of the output; at least as many as the input has.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, *spatial, channels), with any number of spatial axes
        output: (batch, *spatial, filters)

    Raises:
        ValueError: `filters` is below 1, or below the input's channels.

    Source:
        He et al. 2016, section 3.3, arXiv:1512.03385
    """

    def __init__(self, filters: int, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.filters = validation.count("filters", filters)
        self.data_format = validation.data_format(data_format)
        self.channel_axis = validation.channel_axis(self.data_format)

    def build(self, input_shape: validation.Shape) -> None:
        channels = validation.channels(input_shape, self.channel_axis)
        if channels > self.filters:
            received = f"filters is {self.filters}"
            raise ValueError(f"{received}; it must be at least the input's channels, {channels}")

    def call(self, inputs: Any) -> Any:
        sides = [(0, 0)] * len(inputs.shape)
        sides[self.channel_axis] = (0, self.filters - inputs.shape[self.channel_axis])
        return ops.pad(inputs, sides)

    def compute_output_shape(self, input_shape: validation.Shape) -> tuple[int | None, ...]:
        shape = list(input_shape)
        shape[self.channel_axis] = self.filters
        return tuple(shape)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "filters": self.filters, "data_format": self.data_format}
