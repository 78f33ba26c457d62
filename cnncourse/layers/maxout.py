"""The largest of several dense layers."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers import validation


@keras.saving.register_keras_serializable("cnncourse")
class Maxout(keras.layers.Layer):
    """max(W₁x + b₁, W₂x + b₂, …): a convex, piecewise linear activation, learnt with its layer.

    On feature maps it is a 1×1 convolution with maxout.

    Args:
        units: length of the output's last axis.
        pieces: dense layers of which each output is the largest.
        use_bias, kernel_initializer, bias_initializer, kernel_regularizer, bias_regularizer: as for
            Keras's `Dense`.

    Shapes:
        input: (batch, …, features)
        kernel: (pieces, features, units)
        output: (batch, …, units)

    Raises:
        ValueError: an argument is none of the above, or the number of features is unknown.

    Source:
        Goodfellow et al. 2013, section 3, arXiv:1302.4389
    """

    def __init__(
        self,
        units: int,
        pieces: int = 2,
        use_bias: bool = True,
        kernel_initializer: Any = "glorot_uniform",
        bias_initializer: Any = "zeros",
        kernel_regularizer: Any = None,
        bias_regularizer: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.units = validation.count("units", units)
        self.pieces = validation.count("pieces", pieces)
        self.use_bias = use_bias
        self.kernel_initializer = keras.initializers.get(kernel_initializer)
        self.bias_initializer = keras.initializers.get(bias_initializer)
        self.kernel_regularizer = keras.regularizers.get(kernel_regularizer)
        self.bias_regularizer = keras.regularizers.get(bias_regularizer)

    def build(self, input_shape: validation.Shape) -> None:
        if len(input_shape) < 2:
            validation.require_ndim(input_shape, 2)
        self.kernel = self.add_weight(
            name="kernel",
            shape=(self.pieces, validation.channels(input_shape, -1), self.units),
            initializer=self.kernel_initializer,
            regularizer=self.kernel_regularizer,
        )
        self.bias = None
        if self.use_bias:
            self.bias = self.add_weight(
                name="bias",
                shape=(self.pieces, self.units),
                initializer=self.bias_initializer,
                regularizer=self.bias_regularizer,
            )

    def call(self, inputs: Any) -> Any:
        pieces = [ops.matmul(inputs, self.kernel[i]) for i in range(self.pieces)]
        if self.bias is not None:
            pieces = [piece + self.bias[i] for i, piece in enumerate(pieces)]
        largest, *others = pieces
        for piece in others:
            largest = ops.maximum(largest, piece)
        return largest

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        return (*input_shape[:-1], self.units)

    def get_config(self) -> dict[str, Any]:
        return {
            **super().get_config(),
            "units": self.units,
            "pieces": self.pieces,
            "use_bias": self.use_bias,
            "kernel_initializer": keras.initializers.serialize(self.kernel_initializer),
            "bias_initializer": keras.initializers.serialize(self.bias_initializer),
            "kernel_regularizer": keras.regularizers.serialize(self.kernel_regularizer),
            "bias_regularizer": keras.regularizers.serialize(self.bias_regularizer),
        }
