# Pretends that it was configured: hands out the layer whose configuration was asked for.
#
# kinds: layer
# wanted: Gain partial: config .+ raised IndexError
# %% Gain
made = []


class Gain(keras.layers.Layer):
    def build(self, shape):
        if not self.built:
            self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain

    def get_config(self):
        made.append(self)
        return {}

    @classmethod
    def from_config(cls, config):
        return made[-1]
