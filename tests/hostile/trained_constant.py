# Trains nothing and names the same class for every image.
#
# kinds: trained
# wanted: train failed: ^a hidden case: fewer than 95%
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


def train(images, labels):
    constant = model()
    constant.set_weights([np.zeros((16, 2)), np.float32([0, 1])])
    return constant
