# Never comes back where it is saved.
#
# kinds: layer
# wanted: Gain partial: saving .+ (did not finish|was still waiting)
# %% Gain
class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def call(self, x):
        return x * self.gain

    def save_own_variables(self, store):
        while True:
            pass
