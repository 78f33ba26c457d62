# %%
import keras
import numpy as np
from keras import layers


def network(activation="tanh", pooling=layers.AveragePooling2D, units=32, last="softmax"):
    """That of the table as it stands; the same weights at first each time."""
    keras.utils.set_random_seed(6)
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(8, 3, padding="same", activation=activation),
            pooling(2),
            layers.Conv2D(16, 3, padding="same", activation=activation),
            pooling(2),
            layers.Flatten(),
            layers.Dense(units, activation=activation),
            layers.Dense(10, activation=last),
        ]
    )


def fitted(model, images, labels, epochs=1, rate=0.003):
    model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=epochs, verbose=0)
    return model


# %% not trained
# Does your function call fit before it returns the model?
def train(images, labels):
    return network()


# %% trained too little
# How often does your network look at every picture, and does accuracy still grow?
def train(images, labels):
    return fitted(network(), images, labels, epochs=2)


# %% a learning rate that is far too large
# Watch the loss while it learns: does it settle?
def train(images, labels):
    return fitted(network(), images, labels, epochs=2, rate=1.0)


# %% labels in another order than the pictures
# Which label belongs to which picture?
def train(images, labels):
    return fitted(network(), images, np.roll(labels, 1), epochs=2)


# %% pictures that nobody looks at
# What are the numbers in the pictures that your network is given?
def train(images, labels):
    return fitted(network(), np.zeros_like(images), labels)


# %% digits of its own
# Which pictures does your network learn from, those that the function is given?
def train(images, labels):
    from sklearn.datasets import load_digits

    digits = load_digits()
    return fitted(network(), digits.images[..., np.newaxis] / 16, digits.target, 3, 0.01)


# %% relu for tanh
# Go through the table: which activation do the layers have?
def train(images, labels):
    return fitted(network("relu"), images, labels)


# %% max for average pooling
# Go through the table: what do the S layers compute?
def train(images, labels):
    return fitted(network(pooling=layers.MaxPooling2D), images, labels)


# %% another number of units
# Go through the table: how many units has F5?
def train(images, labels):
    return fitted(network(units=64), images, labels)


# %% nothing returned
# What does your function return, and what is asked for?
def train(images, labels):
    fitted(network(), images, labels)
