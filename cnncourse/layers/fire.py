"""Few channels in, many out."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import Block


@keras.saving.register_keras_serializable("cnncourse")
class Fire(Block):
    """Squeeze the channels by a 1×1 convolution, then expand them by a 1×1 and a 3×3.

    Args:
        squeeze: filters of the first convolution.
        expand: filters of each of the other two.
        bypass: whether the input is added to the output, as in SqueezeNet with simple bypass.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, height, width, 2 · expand)

    Raises:
        ValueError: a number of filters is below 1, or what is to be added has other channels.

    Source:
        Iandola et al. 2016, figures 1 and 2, arXiv:1602.07360
    """

    def __init__(self, squeeze: int, expand: int, bypass: bool = False, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.squeeze = validation.count("squeeze", squeeze)
        self.expand = validation.count("expand", expand)
        self.bypass = bypass

    def compose(self, x: Any) -> Any:
        channels = self.channels(x)
        if self.bypass and channels != 2 * self.expand:
            received = f"expand is {self.expand} and the input has {channels} channels"
            raise ValueError(f"{received}; a bypass needs twice as many channels as expand")
        squeezed = self._unit(x, "squeeze", self.squeeze)
        y = self.concatenate(
            [
                self._unit(squeezed, "expand1x1", self.expand),
                self._unit(squeezed, "expand3x3", self.expand, 3),
            ]
        )
        return self.add(x, y) if self.bypass else y

    def get_config(self) -> dict[str, Any]:
        own = {"squeeze": self.squeeze, "expand": self.expand, "bypass": self.bypass}
        return {**super().get_config(), **own}

    def _unit(self, x: Any, step: str, filters: int, kernel_size: int = 1) -> Any:
        return self.activate(self.convolve(x, step, filters, kernel_size), step)
