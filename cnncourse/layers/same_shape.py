"""What layers have in common whose output is as large as their input."""

import keras

from cnncourse.layers import validation


class SameShape(keras.layers.Layer):
    """A layer whose output has the shape of its input, whatever that is."""

    def compute_output_shape(self, input_shape: validation.Shape) -> validation.Shape:
        return input_shape
