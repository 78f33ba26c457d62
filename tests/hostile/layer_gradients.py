# Has gradients of its own making: they look right in shape, and are not.
#
# kinds: layer
# wanted: Gain partial: gradient
# %% Gain
import tensorflow as tf


@tf.custom_gradient
def product(x, gain):
    return x * gain, lambda upstream: (upstream, tf.reduce_sum(upstream, 0))


class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return product(x, tf.convert_to_tensor(self.gain))
