# Builds a model of billions of weights.
#
# kinds: model
# wanted: build out of memory
# %% build
def build():
    layers = [keras.layers.Flatten(), keras.layers.Dense(1 << 26), keras.layers.Dense(2)]
    return keras.Sequential([keras.Input((4, 4, 1)), *layers])
