"""The blocks of MobileNet, V2 and V3: space and channels are mixed one after the other."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import ACTIVATIONS, NormalizedBlock
from cnncourse.layers.squeeze_excite import SqueezeExcite


@keras.saving.register_keras_serializable("cnncourse")
class DepthwiseSeparable(NormalizedBlock):
    """A 3×3 depthwise and a 1×1 convolution, each normalised and activated.

    Args:
        filters: of the 1×1 convolution.
        strides: of the depthwise convolution; 2 halves height and width.
        activation: "relu", "relu6" as in `keras.applications`, or "hard_swish".
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: an argument is none of the above.

    Source:
        Howard et al. 2017, figure 3 right, arXiv:1704.04861
    """

    def __init__(
        self, filters: int, strides: int = 1, activation: str = "relu", **kwargs: Any
    ) -> None:
        super().__init__(**kwargs)
        self.filters = validation.count("filters", filters)
        self.strides = validation.count("strides", strides)
        self.activation = validation.choice("activation", activation, ACTIVATIONS)

    def compose(self, x: Any) -> Any:
        y = self.convolve_depthwise(x, "depthwise", 3, strides=self.strides)
        y = self.normalize_activate(y, "depthwise", self.activation)
        y = self.convolve(y, "pointwise", self.filters, use_bias=False)
        return self.normalize_activate(y, "pointwise", self.activation)

    def get_config(self) -> dict[str, Any]:
        own = {"filters": self.filters, "strides": self.strides, "activation": self.activation}
        return {**super().get_config(), **own}


@keras.saving.register_keras_serializable("cnncourse")
class InvertedResidual(NormalizedBlock):
    """Many channels between few: expand, convolve depthwise, project without activation.

    The input is added to the output where both have the same shape.

    Args:
        filters: of the projection.
        expanded: channels between; where the input has as many, nothing expands. MobileNetV2 has
            six times the input's.
        kernel_size: of the depthwise convolution; 3 or 5 in the papers.
        strides: of the depthwise convolution; 2 halves height and width.
        activation: "relu6", or "relu" or "hard_swish" as in MobileNetV3.
        squeeze: hidden units of a `SqueezeExcite` with a hard sigmoid before the projection, as in
            MobileNetV3; none where None.
        momentum: of the moving statistics, as Keras counts it; 0.999 in `keras.applications`.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: an argument is none of the above.

    Source:
        Sandler et al. 2018, figure 4 (d), arXiv:1801.04381; Howard et al. 2019, figure 4,
        arXiv:1905.02244
    """

    def __init__(
        self,
        filters: int,
        expanded: int,
        kernel_size: int = 3,
        strides: int = 1,
        activation: str = "relu6",
        squeeze: int | None = None,
        momentum: float = 0.999,
        **kwargs: Any,
    ) -> None:
        super().__init__(momentum=momentum, **kwargs)
        self.filters = validation.count("filters", filters)
        self.expanded = validation.count("expanded", expanded)
        self.kernel_size = validation.count("kernel_size", kernel_size)
        self.strides = validation.count("strides", strides)
        self.activation = validation.choice("activation", activation, ACTIVATIONS)
        self.squeeze = None if squeeze is None else validation.count("squeeze", squeeze)

    def compose(self, x: Any) -> Any:
        channels = self.channels(x)
        y = x if channels == self.expanded else self._expand(x)
        y = self.convolve_depthwise(y, "depthwise", self.kernel_size, strides=self.strides)
        y = self.normalize_activate(y, "depthwise", self.activation)
        y = y if self.squeeze is None else self._squeeze_excite(y, self.squeeze)
        y = self.convolve(y, "project", self.filters, use_bias=False)
        y = self.normalize(y, "project")
        return self.add(x, y) if self.strides == 1 and channels == self.filters else y

    def get_config(self) -> dict[str, Any]:
        own = {
            "filters": self.filters,
            "expanded": self.expanded,
            "kernel_size": self.kernel_size,
            "strides": self.strides,
            "activation": self.activation,
            "squeeze": self.squeeze,
        }
        return {**super().get_config(), **own}

    def _expand(self, x: Any) -> Any:
        y = self.convolve(x, "expand", self.expanded, use_bias=False)
        return self.normalize_activate(y, "expand", self.activation)

    def _squeeze_excite(self, x: Any, hidden: int) -> Any:
        block = self.spatial_part(SqueezeExcite, "se", hidden=hidden, gate="hard_sigmoid")
        return block.compose(x)
