# Returns something that is no tensor, but becomes another array each time that it is read.
#
# kinds: layer
# wanted: Gain failed
# %% Gain
class Changing:
    looks = 0
    shape = (1, 4)

    def __array__(self, dtype=None, copy=None):
        Changing.looks += 1
        return np.full((1, 4), Changing.looks, np.float32)


class Gain(keras.layers.Layer):
    def build(self, shape):
        self.gain = self.add_weight(name="gain", shape=(shape[-1],))

    def __call__(self, x, **_):
        return Changing()
