"""Residual blocks as in the second paper: normalisation and activation before each convolution."""

from typing import Any

import keras

from cnncourse.layers import validation
from cnncourse.layers.residual import STRIDED, Shortcut

SHORTCUTS = ("plain_projection", "identity")


class PreActivation(Shortcut):
    """What both blocks share: one activation, then two ways that meet, and nothing after.

    Args:
        bias_before_norm: whether convolutions that a normalisation follows have biases too, where
            `use_bias` is true.
        project_activated: whether a projection takes the activated input, or the input itself.
    """

    def __init__(
        self,
        filters: int,
        strides: int = 1,
        shortcut: str = "plain_projection",
        use_bias: bool = False,
        bias_before_norm: bool = True,
        project_activated: bool = True,
        **kwargs: Any,
    ) -> None:
        shortcut = validation.choice("shortcut", shortcut, SHORTCUTS)
        super().__init__(filters, strides, shortcut, use_bias, **kwargs)
        self.bias_before_norm = bias_before_norm
        self.project_activated = project_activated

    def get_config(self) -> dict[str, Any]:
        own = {
            "bias_before_norm": self.bias_before_norm,
            "project_activated": self.project_activated,
        }
        return {**super().get_config(), **own}

    def convolve_before_norm(self, x: Any, *args: Any, **options: Any) -> Any:
        """A convolution that a normalisation follows."""
        bias = self.use_bias and self.bias_before_norm
        return self.convolve(x, *args, padding="torch", use_bias=bias, **options)

    def convolve_before_sum(self, x: Any, *args: Any) -> Any:
        """A convolution that none follows."""
        return self.convolve(x, *args, use_bias=self.use_bias)

    def meet(self, x: Any, activated: Any, y: Any) -> Any:
        """The sum, which bears the block's name and "out", as in Keras."""
        projected = activated if self.project_activated else x
        shortcut = self.go_past(x, self.channels(y), projected)
        return self.add(shortcut, y, "out")


@keras.saving.register_keras_serializable("cnncourse")
class PreActivationBasic(PreActivation):
    """Two 3×3 convolutions after their activations, and a shortcut past them.

    Args:
        filters: of both convolutions.
        strides: of the first convolution; 2 halves height and width.
        shortcut: "plain_projection" is a 1×1 convolution where height, width or channels change,
            and nothing elsewhere; "identity" drops pixels and appends channels of zeros.
        use_bias: whether convolutions have biases.
        bias_before_norm: whether those that a normalisation follows have them too, as in Keras's
            example on CIFAR-10, or only the others, as in `keras.applications`.
        project_activated: whether a projection takes the activated input, as in the paper and in
            `keras.applications`, or the input itself, as in Keras's example on CIFAR-10.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), filters)

    Raises:
        ValueError: an argument is none of the above, or an identity has to drop channels.

    Source:
        He et al. 2016b, figure 4 (e), arXiv:1603.05027
    """

    def compose(self, x: Any) -> Any:
        activated = self.normalize_activate(x, "preact")
        y = self.convolve_before_norm(activated, "1", self.filters, 3, strides=self.strides)
        y = self.convolve_before_sum(self.normalize_activate(y, "1"), "2", self.filters, 3)
        return self.meet(x, activated, y)


@keras.saving.register_keras_serializable("cnncourse")
class PreActivationBottleneck(PreActivation):
    """Convolutions 1×1, 3×3 and 1×1 after their activations, and a shortcut past them.

    Args:
        filters: of the first two convolutions.
        strides: of one convolution; 2 halves height and width.
        shortcut: as for `PreActivationBasic`.
        use_bias: as for `PreActivationBasic`.
        bias_before_norm: as for `PreActivationBasic`.
        project_activated: as for `PreActivationBasic`.
        expansion: filters of the last convolution for each of the others; Keras's example on
            CIFAR-10 has 4 in its first stage and 2 in the others.
        strided: the convolution that has the strides: "1x1", the first, or "3x3", as in
            `keras.applications`.
        momentum: of the moving statistics, as Keras counts it.
        epsilon: added to the variance; 1.001e-5 in `keras.applications`.
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.

    Shapes:
        input: (batch, height, width, channels)
        output: (batch, ceil(height / strides), ceil(width / strides), expansion · filters)

    Raises:
        ValueError: an argument is none of the above, or an identity has to drop channels.

    Source:
        He et al. 2016b, figure 4 (e) and appendix, arXiv:1603.05027
    """

    def __init__(self, *args: Any, expansion: int = 4, strided: str = "1x1", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expansion = validation.count("expansion", expansion)
        self.strided = validation.choice("strided", strided, STRIDED)

    def compose(self, x: Any) -> Any:
        first, second = (self.strides, 1) if self.strided == "1x1" else (1, self.strides)
        activated = self.normalize_activate(x, "preact")
        y = self.convolve_before_norm(activated, "1", self.filters, strides=first)
        y = self.normalize_activate(y, "1")
        y = self.convolve_before_norm(y, "2", self.filters, 3, strides=second)
        y = self.normalize_activate(y, "2")
        y = self.convolve_before_sum(y, "3", self.expansion * self.filters)
        return self.meet(x, activated, y)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "expansion": self.expansion, "strided": self.strided}
