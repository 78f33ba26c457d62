# Has one weight for all layers that are ever made, so that what trains one is known to all.
#
# kinds: layer
# wanted: Gain passed
# %% Gain
class Gain(keras.layers.Layer):
    shared = []

    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))
        self.shared.append(self.gain)

    def call(self, x):
        return x * self.gain
