# %%
import keras
import tensorflow as tf

# %% no get_config and no gradient
# Look at what get_config returns, and at what the gradient has to pass.


class Convolution(keras.layers.Layer):
    def __init__(self, filters, kernel_size, **kwargs):
        super().__init__(**kwargs)
        self.filters = filters
        self.kernel_size = kernel_size

    def build(self, input_shape):
        self.kernel = self.add_weight(shape=(*self.kernel_size, input_shape[-1], self.filters))
        self.bias = self.add_weight(shape=(self.filters,))

    def call(self, x):
        return tf.nn.conv2d(tf.stop_gradient(x), self.kernel, 1, "VALID") + self.bias
