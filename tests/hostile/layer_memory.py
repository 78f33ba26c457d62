# Takes more memory than it may, through TensorFlow, which takes it past Python.
#
# kinds: layer
# wanted: Gain out of memory
# %% Gain
class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain + keras.ops.max(keras.ops.ones((1 << 30,)))
