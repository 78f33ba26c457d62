# Trains another model whose weights have the right shapes.
#
# kinds: trained
# wanted: train failed: ^a hidden case: wrong values
# %% train
def train(images, labels):
    layers = [keras.Input((4, 4, 1)), keras.layers.Flatten(), keras.layers.Dense(2)]
    return keras.Sequential([*layers, keras.layers.ReLU()])
