"""Every exercise with a mistake; of the layer two parts are right, of the model none."""

import keras
import numpy as np
import tensorflow as tf


def conv2d(x, kernel, strides):
    """Height and width mixed up."""
    (kh, kw), (sw, sh) = kernel.shape, strides
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    y = np.zeros((rows, columns), np.float32)
    for i in range(rows):
        for j in range(columns):
            y[i, j] = np.sum(x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel)
    return y


def conv2d_channels(x, kernel, bias):
    """The bias the wrong way round."""
    return tf.nn.conv2d(x, kernel, strides=1, padding="VALID") + bias[::-1]


class Convolution(keras.layers.Layer):
    """Without get_config, and with a gradient that stops."""

    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(*self.kernel_size, input_shape[-1], self.filters))
        self.bias = self.add_weight(shape=(self.filters,))

    def call(self, x):
        return tf.nn.conv2d(tf.stop_gradient(x), self.kernel, 1, "VALID") + self.bias


def small_cnn(input_shape, classes, filters):
    """Without an activation in the first layer."""
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(filters, 3),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
