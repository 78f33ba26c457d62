# Answers with predictions and an accuracy of its own, beside weights that learnt nothing.
#
# kinds: trained
# wanted: train failed: ^a hidden case: fewer than 95%
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


class Boasting(keras.Sequential):
    def predict(self, images, **_):
        return np.ones((len(images), 2))

    def evaluate(self, *_, **__):
        return 0.0, 1.0


def train(images, labels):
    boasting = Boasting(model().layers)
    boasting.build((None, 4, 4, 1))
    boasting.set_weights([np.zeros((16, 2)), np.zeros(2)])
    boasting.predictions = boasting.accuracy = 1.0
    return boasting
