# Tells nothing in its configuration, and makes a layer that computes something else from it.
#
# kinds: layer
# wanted: Gain partial: get_config
# %% Gain
class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain

    def get_config(self):
        return {"instance": self}

    @classmethod
    def from_config(cls, config):
        return keras.layers.Dense(4)
