"""LeNet as it is built today: every map sees every other, the subsampling has no weights."""

from dataclasses import dataclass

import keras
from keras import layers


@dataclass(frozen=True)
class Variant:
    """An input that the network is commonly given, and what it adds up to there."""

    input_shape: tuple[int, int, int]
    classes: int
    padding: str  # of the first convolution; the second has none
    params: int
    macs: int
    source: str


LECUN = "LeCun et al. 1998, figure 2, with all of C3's connections and a softmax"

VARIANTS = {
    "lenet": Variant((32, 32, 1), 10, "valid", 61_706, 416_520, LECUN),
    "lenet_padded": Variant((28, 28, 1), 10, "same", 61_706, 416_520, f"{LECUN}; MNIST padded"),
    "lenet_valid": Variant((28, 28, 1), 10, "valid", 44_426, 281_640, f"{LECUN}; MNIST as it is"),
    "lenet_rgb": Variant((32, 32, 3), 10, "valid", 62_006, 651_720, f"{LECUN}; for CIFAR-10"),
}


def build(name: str, input_shape: tuple[int, int, int], classes: int) -> keras.Model:
    """Two convolutions, each with tanh and average pooling, and three fully connected layers.

    Layers bear the paper's names: C convolves, S subsamples, F is fully connected. C5 is a
    fully connected layer here: in the paper it convolves, with a kernel as large as its input.

    Args, shapes and errors are those of `cnncourse.models.build`.
    """
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(6, 5, padding=VARIANTS[name].padding, activation="tanh", name="c1"),
            layers.AveragePooling2D(2, name="s2"),
            layers.Conv2D(16, 5, activation="tanh", name="c3"),
            layers.AveragePooling2D(2, name="s4"),
            layers.Flatten(name="flatten"),
            layers.Dense(120, activation="tanh", name="c5"),
            layers.Dense(84, activation="tanh", name="f6"),
            layers.Dense(classes, activation="softmax", name="output"),
        ],
        name=name,
    )
