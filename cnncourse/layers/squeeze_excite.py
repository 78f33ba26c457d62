"""Channels that are weighed by what the whole image shows."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import Block

GATES = ("sigmoid", "hard_sigmoid")


@keras.saving.register_keras_serializable("cnncourse")
class SqueezeExcite(Block):
    """Rescale each channel by a gate that is computed from the spatial means of all.

    Args:
        hidden: units between the two fully connected layers, which are 1×1 convolutions here, with
            biases. The paper has a sixteenth of the channels.
        gate: "sigmoid", or "hard_sigmoid" as MobileNetV3 has it.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: the same

    Raises:
        ValueError: `hidden` is below 1, or `gate` none of the two.

    Source:
        Hu et al. 2018, figure 3, arXiv:1709.01507; Howard et al. 2019, section 5.3,
        arXiv:1905.02244
    """

    def __init__(self, hidden: int, gate: str = "sigmoid", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.hidden = validation.count("hidden", hidden)
        self.gate = validation.choice("gate", gate, GATES)

    def compose(self, x: Any) -> Any:
        channels = self.channels(x)
        means = self.spatial_part(keras.layers.GlobalAveragePooling2D, "squeeze", keepdims=True)(x)
        y = self.activate(self.convolve(means, "reduce", self.hidden), "reduce")
        y = self.activate(self.convolve(y, "excite", channels), "excite", self.gate)
        return self.part(keras.layers.Multiply, "scale")([x, y])

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "hidden": self.hidden, "gate": self.gate}
