"""Keras layers that a figure of a paper shows as one box: as one layer, or in a model's graph."""

from collections.abc import Sequence
from typing import Any

import keras

from cnncourse.layers import validation

PADDINGS = ("same", "torch")
ACTIVATIONS = ("relu", "relu6", "hard_swish")


class Block(keras.layers.Layer):
    """Several Keras layers under one name; a subclass says which ones in `compose`.

    `block(x)` is one layer. It holds the others as `body`, a model that is built for the input's
    channels and takes every size. `block.compose(x)` puts them into the graph of the caller
    instead, so that a model's summary, profile and `get_layer` see each. Their names begin with the
    block's: `conv2_block1` has `conv2_block1_1_conv`.

    Kernels are drawn as in He et al. 2015, section 2.2, arXiv:1502.01852.

    Args:
        data_format: "channels_last" or "channels_first"; Keras's configured one where None.
    """

    def __init__(self, *, data_format: str | None = None, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.data_format = validation.data_format(data_format)
        self.channel_axis = validation.channel_axis(self.data_format)

    def compose(self, x: Any) -> Any:
        """Apply the block's layers to a symbolic tensor, or to a list of them.

        Raises:
            ValueError: the block does not take an input of this shape.
        """
        raise NotImplementedError

    def build(self, input_shape: Any) -> None:
        self.body = self._compose_anew(input_shape)

    def call(self, inputs: Any, training: bool | None = None) -> Any:
        return self.body(inputs, training=training)

    def compute_output_shape(self, input_shape: Any) -> Any:
        body = self.body if self.built else self._compose_anew(input_shape)
        return body.compute_output_shape(input_shape)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "data_format": self.data_format}

    def channels(self, x: Any) -> int:
        """How many channels a batch of images has.

        Raises:
            ValueError: it is none, or that is unknown.
        """
        validation.require_ndim(x.shape, 4)
        return validation.channels(x.shape, self.channel_axis)

    def part(self, kind: type, role: str, **options: Any) -> Any:
        """A new Keras layer of this block, named for its role and of the block's precision."""
        return kind(
            name=f"{self.name}_{role}",
            dtype=self.dtype_policy,
            trainable=self.trainable,
            **options,
        )

    def spatial_part(self, kind: type, role: str, **options: Any) -> Any:
        """A `part` that must know where height and width are."""
        return self.part(kind, role, data_format=self.data_format, **options)

    def convolve(
        self,
        x: Any,
        step: str,
        filters: int,
        kernel_size: int = 1,
        *,
        strides: int = 1,
        groups: int = 1,
        padding: str = "same",
        use_bias: bool = True,
    ) -> Any:
        """A convolution named `step`_conv.

        Args:
            padding: "valid", "same" (TensorFlow's: an odd zero goes below and right) or "torch" (as
                many on every side, which is the same where `strides` is 1).
        """
        x, padding = self._pad(x, step, kernel_size, strides, padding)
        convolution = self.spatial_part(
            keras.layers.Conv2D,
            f"{step}_conv",
            filters=filters,
            kernel_size=kernel_size,
            strides=strides,
            groups=groups,
            padding=padding,
            use_bias=use_bias,
            kernel_initializer="he_normal",
        )
        return convolution(x)

    def convolve_depthwise(
        self, x: Any, step: str, kernel_size: int, *, strides: int = 1, padding: str = "same"
    ) -> Any:
        """One kernel for each channel, without a bias; otherwise as `convolve`."""
        x, padding = self._pad(x, step, kernel_size, strides, padding)
        convolution = self.spatial_part(
            keras.layers.DepthwiseConv2D,
            f"{step}_conv",
            kernel_size=kernel_size,
            strides=strides,
            padding=padding,
            use_bias=False,
            depthwise_initializer="he_normal",
        )
        return convolution(x)

    def activate(self, x: Any, step: str, activation: str = "relu") -> Any:
        """An activation named `step`_`activation`."""
        return self.part(keras.layers.Activation, f"{step}_{activation}", activation=activation)(x)

    def add(self, shortcut: Any, x: Any, role: str = "add") -> Any:
        """The sum of what went past and what went through."""
        return self.part(keras.layers.Add, role)([shortcut, x])

    def concatenate(self, branches: Sequence[Any], role: str = "concat") -> Any:
        """The channels of all branches, in their order."""
        join = self.part(keras.layers.Concatenate, role, axis=self.channel_axis)
        return join(list(branches))

    def _pad(
        self, x: Any, step: str, kernel_size: int, strides: int, padding: str
    ) -> tuple[Any, str]:
        if padding != "torch":
            return x, padding
        if strides == 1 or kernel_size == 1:
            return x, "same"
        zeros = self.spatial_part(
            keras.layers.ZeroPadding2D, f"{step}_pad", padding=kernel_size // 2
        )
        return zeros(x), "valid"

    def _compose_anew(self, input_shape: Any) -> keras.Model:
        if isinstance(input_shape[0], list | tuple):
            inputs = [self._input(shape, n) for n, shape in enumerate(input_shape, start=1)]
        else:
            inputs = self._input(input_shape)
        options = {"name": f"{self.name}_body", "trainable": self.trainable}
        return keras.Model(inputs, self.compose(inputs), **options)

    def _input(self, shape: Any, number: int | str = "") -> Any:
        validation.require_ndim(shape, 4)
        channels = validation.channels(shape, self.channel_axis)
        sizes = (None, None, channels) if self.channel_axis == -1 else (channels, None, None)
        return keras.Input(sizes, dtype=self.compute_dtype, name=f"{self.name}_input{number}")


class NormalizedBlock(Block):
    """A block whose convolutions are followed by batch normalisation.

    Args:
        momentum: how much of a moving statistic stays at each step, as Keras counts it; what
            PyTorch calls momentum is the rest, so its default, 0.1, is 0.9 here.
        epsilon: added to the variance.
    """

    def __init__(self, *, momentum: float = 0.99, epsilon: float = 1e-3, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.momentum = validation.fraction("momentum", momentum)
        self.epsilon = validation.fraction("epsilon", epsilon)

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "momentum": self.momentum, "epsilon": self.epsilon}

    def normalize(self, x: Any, step: str) -> Any:
        """A batch normalisation named `step`_bn."""
        normalization = self.part(
            keras.layers.BatchNormalization,
            f"{step}_bn",
            axis=self.channel_axis,
            momentum=self.momentum,
            epsilon=self.epsilon,
        )
        return normalization(x)

    def normalize_activate(self, x: Any, step: str, activation: str = "relu") -> Any:
        """`normalize`, then `activate`."""
        return self.activate(self.normalize(x, step), step, activation)
