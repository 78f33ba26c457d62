# Comes back with weights that are no numbers.
#
# kinds: trained
# wanted: train failed: ^a hidden case: unfit weights
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


def train(images, labels):
    strange = model()
    strange.set_weights([np.full((16, 2), np.nan), np.zeros(2)])
    return strange
