"""Every exercise with what the libraries have for it."""

import keras
import numpy as np


def conv2d(x, kernel, strides):
    windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape)[
        :: strides[0], :: strides[1]
    ]
    return np.einsum("ijab,ab->ij", windows, kernel)


def conv2d_channels(x, kernel, bias):
    return keras.ops.conv(x, kernel, padding="valid") + bias


class Convolution(keras.layers.Layer):
    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size

    def build(self, input_shape):
        self.kernel = self.add_weight((*self.kernel_size, input_shape[-1], self.filters))
        self.bias = self.add_weight((self.filters,), initializer="zeros")
        super().build(input_shape)

    def call(self, x):
        return keras.ops.add(keras.ops.conv(x, self.kernel), self.bias)

    def get_config(self):
        return super().get_config() | {"filters": self.filters, "kernel_size": self.kernel_size}


def small_cnn(input_shape, classes, filters):
    model = keras.Sequential([keras.layers.Input(input_shape)])
    model.add(keras.layers.Conv2D(filters, (3, 3), activation=keras.ops.relu))
    model.add(keras.layers.MaxPooling2D((2, 2)))
    model.add(keras.layers.Flatten())
    model.add(keras.layers.Dense(classes, activation=keras.ops.softmax))
    return model
