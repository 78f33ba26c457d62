"""Every exercise from the ground up: windows one by one, batches by hand, activations apart."""

import keras
import numpy as np
from keras import layers, ops


def prepare(images, highest):
    prepared = np.zeros((*images.shape, 1), np.float32)
    for place, value in np.ndenumerate(images):
        prepared[place] = value / highest
    return prepared


class Subsampling(keras.Layer):
    def __init__(self, pool_size=2, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.rows, self.columns = np.broadcast_to(pool_size, 2).tolist()

    def build(self, input_shape):
        channels = input_shape[3]
        self.a = self.add_weight((channels,), "ones", name="coefficient")
        self.b = self.add_weight((channels,), "zeros", name="bias")

    def call(self, x):
        down = x.shape[1] // self.rows * self.rows
        right = x.shape[2] // self.columns * self.columns
        total = 0
        for i in range(self.rows):
            for j in range(self.columns):
                total = total + x[:, i : down : self.rows, j : right : self.columns]
        return self.a * total + self.b

    def get_config(self):
        return super().get_config() | {"pool_size": [self.rows, self.columns]}


def lenet_params(input_shape, classes, widths):
    height, width, channels = input_shape
    counts = []
    for maps in widths[:2]:
        counts.append(maps * 5 * 5 * channels + maps)
        height, width, channels = (height - 4) // 2, (width - 4) // 2, maps
    features = height * width * channels
    for units in (*widths[2:], classes):
        counts.append(units * features + units)
        features = units
    return np.array(counts)


def build_lenet(input_shape, classes, widths):
    model = keras.Sequential()
    model.add(layers.Input(shape=input_shape))
    for filters in widths[:2]:
        model.add(
            layers.Conv2D(filters, kernel_size=5, strides=1, activation=keras.activations.tanh)
        )
        model.add(layers.AvgPool2D(pool_size=(2, 2)))
    model.add(layers.Flatten())
    for units in widths[2:]:
        model.add(layers.Dense(units, activation=keras.activations.tanh))
    model.add(layers.Dense(classes, activation=keras.activations.softmax))
    return model


def build_mnist_cnn(input_shape, classes, filters, units):
    model = keras.Sequential([layers.Input(shape=input_shape)])
    model.add(layers.Conv2D(filters[0], kernel_size=(3, 3), activation="relu"))
    model.add(layers.Conv2D(filters[1], kernel_size=(3, 3), activation="relu"))
    model.add(layers.MaxPool2D(pool_size=(2, 2)))
    model.add(layers.Dropout(0.25))
    model.add(layers.Flatten())
    model.add(layers.Dense(units, activation="relu"))
    model.add(layers.Dropout(0.5))
    model.add(layers.Dense(classes, activation="softmax"))
    return model


class Standardize(keras.Layer):
    def __init__(self, momentum=0.9, epsilon=0.001, name=None, **kwargs):
        super().__init__(name=name, **kwargs)
        self.momentum = float(momentum)
        self.epsilon = float(epsilon)

    def build(self, input_shape):
        self.moving_mean = self.add_weight((input_shape[-1],), "zeros", trainable=False)
        self.moving_variance = self.add_weight((input_shape[-1],), "ones", trainable=False)

    def call(self, x, training=False):
        mean, variance = self.moving_mean.value, self.moving_variance.value
        if training:
            rows = ops.reshape(x, (-1, x.shape[-1]))
            count = ops.cast(ops.shape(rows)[0], x.dtype)
            mean = ops.sum(rows, axis=0) / count
            variance = ops.sum((rows - mean) ** 2, axis=0) / count
            old, new = self.momentum, 1 - self.momentum
            self.moving_mean.assign(old * self.moving_mean.value + new * mean)
            self.moving_variance.assign(old * self.moving_variance.value + new * variance)
        return (x - mean) / (variance + self.epsilon) ** 0.5

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "epsilon": self.epsilon}


def accuracy(probabilities, labels):
    right = 0
    for row, label in zip(probabilities, labels, strict=True):
        best = 0
        for k in range(len(row)):
            if row[k] > row[best]:
                best = k
        right += best == label
    return right / len(labels)


def train(images, labels):
    model = keras.Sequential([layers.Input(shape=(8, 8, 1))])
    for filters in (8, 16):
        model.add(layers.Conv2D(filters, (3, 3), padding="same", activation="tanh"))
        model.add(layers.AvgPool2D(pool_size=(2, 2)))
    model.add(layers.Flatten())
    model.add(layers.Dense(32, activation="tanh"))
    model.add(layers.Dense(10, activation="softmax"))
    model.compile(keras.optimizers.Adam(0.005), keras.losses.SparseCategoricalCrossentropy())
    rng = np.random.default_rng()
    for _ in range(20):
        order = rng.permutation(len(images))
        for start in range(0, len(images) - 24, 24):
            batch = order[start : start + 24]
            model.train_on_batch(images[batch], labels[batch])
    return model
