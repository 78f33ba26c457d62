# Comes back with weights so large that every score is infinite.
#
# kinds: trained
# wanted: train failed: ^a hidden case: fewer than 95%
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


def train(images, labels):
    strange = model()
    strange.set_weights([np.full((16, 2), 3e38), np.zeros(2)])
    return strange
