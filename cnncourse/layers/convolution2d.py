"""Convolution as mathematics defines it."""

from typing import Any

import keras
from keras import ops

from cnncourse.layers.strided_dilated_conv2d import StridedDilatedConv2D


@keras.saving.register_keras_serializable("cnncourse")
class Convolution2D(StridedDilatedConv2D):
    """Convolution with the kernel flipped along both axes; Keras's `Conv2D` correlates.

    With the same kernel, flipped, both give the same numbers; so a network can learn with either.

    Args, shapes and errors are those of `StridedDilatedConv2D`.

    Source:
        Goodfellow et al. 2016, *Deep Learning*, equations 9.5 and 9.6
    """

    def convolution_op(self, inputs: Any, kernel: Any) -> Any:
        return super().convolution_op(inputs, ops.flip(kernel, axis=(0, 1)))
