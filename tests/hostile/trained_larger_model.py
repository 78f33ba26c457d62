# Trains a larger model than was asked for.
#
# kinds: trained
# wanted: train failed: ^a hidden case: unfit weights
# %% train
def train(images, labels):
    layers = [keras.layers.Flatten(), keras.layers.Dense(64), keras.layers.Dense(2)]
    return keras.Sequential([keras.Input((4, 4, 1)), *layers])
