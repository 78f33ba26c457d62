# Trains for ever.
#
# kinds: trained
# wanted: train timeout: ^a hidden case: timeout
# %% train
def model():
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential(layers)


def train(images, labels):
    while True:
        model()(images)
