# Computes from numbers of its own and lets go of those that the judge puts in.
#
# kinds: model
# wanted: build failed
# %% build
class Own(keras.Sequential):
    def __call__(self, x, **_):
        return np.zeros((len(x), 2), np.float32)


def build():
    return Own([keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)])
