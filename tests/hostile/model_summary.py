# Shows a summary of the model that was asked for, and is another.
#
# kinds: model
# wanted: build failed
# %% build
class Flatten(keras.layers.Flatten):
    pass


class Dense(keras.layers.Dense):
    def count_params(self):
        return 34

    def call(self, x):
        return super().call(x) * 2


def build():
    return keras.Sequential([keras.Input((4, 4, 1)), Flatten(), Dense(2)])
