# Answers by what it was asked before: state outlives each layer, from part to part.
#
# kinds: layer
# wanted: Gain failed: not deterministic
# %% Gain
class Gain(keras.layers.Layer):
    calls = []

    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        self.calls.append(x)
        return x * self.gain * len(self.calls)
