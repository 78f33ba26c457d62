"""The first CNN that most readers of Keras's examples trained."""

from dataclasses import dataclass

import keras
from keras import layers


@dataclass(frozen=True)
class Variant:
    """What the example states, and what it adds up to at this input and with these classes."""

    input_shape: tuple[int, int, int]
    classes: int
    params: int
    macs: int
    source: str


VARIANTS = {
    "mnist_cnn": Variant(
        (28, 28, 1), 10, 1_199_882, 11_992_448, "Keras 2, examples/mnist_cnn.py; in the lectures"
    ),
}


def build(name: str, input_shape: tuple[int, int, int], classes: int) -> keras.Model:
    """Two unpadded convolutions, one pooling, one hidden layer; biases everywhere.

    Layers bear the names that Keras 2 gave them, whatever was built before in the same process.

    Args, shapes and errors are those of `cnncourse.models.build`.
    """
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(32, 3, activation="relu", name="conv2d_1"),
            layers.Conv2D(64, 3, activation="relu", name="conv2d_2"),
            layers.MaxPooling2D(2, name="max_pooling2d_1"),
            layers.Dropout(0.25, name="dropout_1"),
            layers.Flatten(name="flatten_1"),
            layers.Dense(128, activation="relu", name="dense_1"),
            layers.Dropout(0.5, name="dropout_2"),
            layers.Dense(classes, activation="softmax", name="dense_2"),
        ],
        name=name,
    )
