"""Some of the channels."""

from typing import Any

import keras

from cnncourse.layers import validation


@keras.saving.register_keras_serializable("cnncourse")
class ChannelSlice(keras.layers.Layer):
    """Channels from one to another: two of these are ShuffleNetV2's channel split.

    Args:
        start: the first channel that is kept; at least 0.
        stop: the first that is not any more; above `start`, and at most the number of channels.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, *spatial, channels), with any number of spatial axes
        output: (batch, *spatial, stop - start)

    Raises:
        ValueError: `start` or `stop` is none of these.

    Source:
        Ma et al. 2018, section 3, arXiv:1807.11164
    """

    def __init__(
        self, start: int, stop: int, data_format: str | None = None, **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.start = validation.count("start", start, minimum=0)
        self.stop = validation.count("stop", stop, minimum=start + 1)
        self.data_format = validation.data_format(data_format)
        self.channel_axis = validation.channel_axis(self.data_format)

    def build(self, input_shape: validation.Shape) -> None:
        channels = validation.channels(input_shape, self.channel_axis)
        if self.stop > channels:
            received = f"stop is {self.stop}"
            raise ValueError(f"{received}; it must be at most the input's channels, {channels}")

    def call(self, inputs: Any) -> Any:
        kept = slice(self.start, self.stop)
        return inputs[..., kept] if self.channel_axis == -1 else inputs[:, kept]

    def compute_output_shape(self, input_shape: validation.Shape) -> tuple[int | None, ...]:
        shape = list(input_shape)
        shape[self.channel_axis] = self.stop - self.start
        return tuple(shape)

    def get_config(self) -> dict[str, Any]:
        own = {"start": self.start, "stop": self.stop, "data_format": self.data_format}
        return {**super().get_config(), **own}
