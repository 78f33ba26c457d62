# %% [markdown]
# # Two functions, a layer and a model
#
# What the throughput of the grader is measured on.

# %%
import keras
import numpy as np
import tensorflow as tf

import autograder

check = autograder.load("00_throughput")

# %% [markdown]
# ## 1. A kernel slides over a picture


# %%
def conv2d(x, kernel, strides):
    """Cross-correlate in NumPy, without padding: (H, W) with (kh, kw)."""
    ### BEGIN SOLUTION
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    y = np.zeros((rows, columns), x.dtype)
    for i in range(rows):
        for j in range(columns):
            y[i, j] = np.sum(x[i * sh : i * sh + kh, j * sw : j * sw + kw] * kernel)
    return y
    ### END SOLUTION


# %%
check("conv2d")

# %% [markdown]
# ## 2. Channels, in TensorFlow


# %%
def conv2d_channels(x, kernel, bias):
    """Cross-correlate: (N, H, W, C_in) with (kh, kw, C_in, C_out), plus (C_out,)."""
    ### BEGIN SOLUTION
    return tf.nn.conv2d(x, kernel, strides=1, padding="VALID") + bias
    ### END SOLUTION


# %%
check("conv2d_channels")

# %% [markdown]
# ## 3. A layer


# %%
class Convolution(keras.layers.Layer):
    """Convolution without padding, with weights `kernel` and `bias`."""

    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(**kwargs)
        ### BEGIN SOLUTION
        self.filters = filters
        self.kernel_size = tuple(kernel_size)
        ### END SOLUTION

    def build(self, input_shape):
        ### BEGIN SOLUTION
        shape = (*self.kernel_size, input_shape[-1], self.filters)
        self.kernel = self.add_weight(name="kernel", shape=shape)
        self.bias = self.add_weight(name="bias", shape=(self.filters,), initializer="zeros")
        ### END SOLUTION

    def call(self, x):
        ### BEGIN SOLUTION
        return conv2d_channels(x, self.kernel, self.bias)
        ### END SOLUTION

    def get_config(self):
        ### BEGIN SOLUTION
        config = {"filters": self.filters, "kernel_size": self.kernel_size}
        return {**super().get_config(), **config}
        ### END SOLUTION


# %%
check("Convolution")

# %% [markdown]
# ## 4. A model


# %%
def small_cnn(input_shape, classes, filters):
    """Convolution 3×3 with relu, pooling 2×2, dense with softmax."""
    ### BEGIN SOLUTION
    return keras.Sequential(
        [
            keras.Input(input_shape),
            keras.layers.Conv2D(filters, 3, activation="relu"),
            keras.layers.MaxPooling2D(2),
            keras.layers.Flatten(),
            keras.layers.Dense(classes, activation="softmax"),
        ]
    )
    ### END SOLUTION


# %%
check("small_cnn")
