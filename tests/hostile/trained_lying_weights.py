# Has attributes that give the grader other weights than those that compute.
#
# kinds: trained
# wanted: train error: ^a hidden case: it raised AttributeError
# %% train
class Shown(keras.layers.Dense):
    @property
    def weights(self):
        return [np.full((16, 2), 0.5), np.zeros(2)]


def train(images, labels):
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), Shown(2)]
    return keras.Sequential(layers)
