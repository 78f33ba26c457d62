"""Residual blocks as in the first paper: activation after the addition."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.block import PADDINGS, NormalizedBlock
from cnncourse.layers.channel_padding import ChannelPadding

SHORTCUTS = ("projection", "plain_projection", "identity")
STRIDED = ("1x1", "3x3")


class Shortcut(NormalizedBlock):
    """What residual blocks share: the way past their convolutions.

    Args:
        filters: of the block's convolutions.
        strides: of the block; 2 halves height and width.
        shortcut: "projection" (option B) is a normalised 1×1 convolution where height, width or
            channels change, and nothing elsewhere; "plain_projection" is that convolution without
            normalisation; "identity" (option A) drops pixels and appends channels of zeros.
        use_bias: whether convolutions have biases.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
    """

    def __init__(
        self,
        filters: int,
        strides: int = 1,
        shortcut: str = "projection",
        use_bias: bool = False,
        momentum: float = 0.9,
        epsilon: float = 1e-5,
        **kwargs: Any,
    ) -> None:
        super().__init__(momentum=momentum, epsilon=epsilon, **kwargs)
        self.filters = validation.count("filters", filters)
        self.strides = validation.count("strides", strides)
        self.shortcut = validation.choice("shortcut", shortcut, SHORTCUTS)
        self.use_bias = use_bias

    def get_config(self) -> dict[str, Any]:
        own = {
            "filters": self.filters,
            "strides": self.strides,
            "shortcut": self.shortcut,
            "use_bias": self.use_bias,
        }
        return {**super().get_config(), **own}

    def go_past(self, x: Any, filters: int, projected: Any = None) -> Any:
        """The way from `x` to an output of so many channels.

        Args:
            projected: what a projection takes; `x` where None.
        """
        if self.strides == 1 and self.channels(x) == filters:
            return x
        if self.shortcut == "identity":
            return self._append_zeros(self._drop_pixels(x), filters)
        y = x if projected is None else projected
        y = self.convolve(y, "0", filters, strides=self.strides, use_bias=self.use_bias)
        return self.normalize(y, "0") if self.shortcut == "projection" else y

    def activate_sum(self, shortcut: Any, x: Any) -> Any:
        """Where both ways meet; the last layer bears the block's name and "out", as in Keras."""
        total = self.add(shortcut, x)
        return self.part(keras.layers.Activation, "out", activation="relu")(total)

    def _drop_pixels(self, x: Any) -> Any:
        if self.strides == 1:
            return x
        pool = self.spatial_part(
            keras.layers.MaxPooling2D, "0_pool", pool_size=1, strides=self.strides
        )
        return pool(x)

    def _append_zeros(self, x: Any, filters: int) -> Any:
        if self.channels(x) == filters:
            return x
        return self.spatial_part(ChannelPadding, "0_pad", filters=filters)(x)


@keras.saving.register_keras_serializable("cnncourse")
class BasicResidual(Shortcut):
    """Two 3×3 convolutions and a shortcut past them, as in ResNet-18 and -34 and on CIFAR-10.

    Args:
        filters: of both convolutions.
        strides: of the first convolution; 2 halves height and width.
        shortcut: "projection" (option B) is a normalised 1×1 convolution where height, width or
            channels change, and nothing elsewhere; "plain_projection" is that convolution without
            normalisation, as in Keras's example on CIFAR-10; "identity" (option A) drops pixels
            and appends channels of zeros.
        use_bias: whether convolutions have biases; in Keras's example they do.
        padding: "torch" pads by 1 on every side; "same", as in Keras's example, by TensorFlow's
            rule. They differ where `strides` is above 1.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: an argument is none of the above, or an identity has to drop channels.

    Source:
        He et al. 2016, figure 5 left and section 3.3, arXiv:1512.03385
    """

    def __init__(self, *args: Any, padding: str = "torch", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.padding = validation.choice("padding", padding, PADDINGS)

    def compose(self, x: Any) -> Any:
        options: dict[str, Any] = {"padding": self.padding, "use_bias": self.use_bias}
        y = self.convolve(x, "1", self.filters, 3, strides=self.strides, **options)
        y = self.convolve(self.normalize_activate(y, "1"), "2", self.filters, 3, **options)
        return self.activate_sum(self.go_past(x, self.filters), self.normalize(y, "2"))

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "padding": self.padding}


@keras.saving.register_keras_serializable("cnncourse")
class BottleneckResidual(Shortcut):
    """A 3×3 convolution between two 1×1 and a shortcut past them, as in ResNet-50 and deeper.

    Args:
        filters: of the first two convolutions; the third has four times as many.
        strides: of one convolution; 2 halves height and width.
        shortcut: as for `BasicResidual`.
        use_bias: whether convolutions have biases; in `keras.applications` they do.
        strided: the convolution that has the strides: "1x1", the first, as in the paper and in
            `keras.applications` ("v1"), or "3x3", as in torchvision ("v1.5").
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance; 1.001e-5 in `keras.applications`.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), 4 · filters)

    Raises:
        ValueError: an argument is none of the above, or an identity has to drop channels.

    Source:
        He et al. 2016, figure 5 right, arXiv:1512.03385
    """

    def __init__(self, *args: Any, strided: str = "1x1", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.strided = validation.choice("strided", strided, STRIDED)

    def compose(self, x: Any) -> Any:
        first, second = (self.strides, 1) if self.strided == "1x1" else (1, self.strides)
        bias = self.use_bias
        y = self.convolve(x, "1", self.filters, strides=first, use_bias=bias)
        y = self.normalize_activate(y, "1")
        y = self.convolve(y, "2", self.filters, 3, strides=second, padding="torch", use_bias=bias)
        y = self.normalize_activate(y, "2")
        y = self.normalize(self.convolve(y, "3", 4 * self.filters, use_bias=bias), "3")
        return self.activate_sum(self.go_past(x, 4 * self.filters), y)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "strided": self.strided}
