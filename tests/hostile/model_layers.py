# Lists layers that are not the ones that compute.
#
# kinds: model
# wanted: build failed
# %% build
class Listed(keras.Model):
    def __init__(self):
        super().__init__()
        real = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
        self.shown = keras.Sequential(real)

    @property
    def layers(self):
        return self.shown.layers

    def call(self, x):
        return keras.ops.zeros((len(x), 2))


def build():
    return Listed()
