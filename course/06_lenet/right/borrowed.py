"""Every exercise with as much of Keras inside as there is; training stops by itself."""

import keras
import numpy as np
from keras import layers, ops


def prepare(images, highest):
    return ops.convert_to_numpy(layers.Rescaling(1 / highest)(images[..., None]))


class Subsampling(layers.Layer):
    def __init__(self, pool_size=(2, 2), **kwargs):
        super().__init__(**kwargs)
        self.pooling = layers.AveragePooling2D(pool_size)

    def build(self, input_shape):
        self.pooling.build(input_shape)
        size = float(np.prod(self.pooling.pool_size))
        self.size = size
        self.coefficient = self.add_weight(
            name="coefficient",
            shape=input_shape[-1:],
            initializer=keras.initializers.RandomUniform(0.5 / size, 1.5 / size),
        )
        self.bias = self.add_weight(name="bias", shape=input_shape[-1:], initializer="zeros")

    def call(self, x):
        return ops.multiply(self.pooling(x) * self.size, self.coefficient) + self.bias

    def compute_output_shape(self, input_shape):
        return self.pooling.compute_output_shape(input_shape)

    def get_config(self):
        return {**super().get_config(), "pool_size": self.pooling.pool_size}


def lenet_params(input_shape, classes, widths):
    shapes = [weight.shape for weight in build_lenet(input_shape, classes, widths).weights]
    counts = [int(np.prod(shape)) for shape in shapes]
    return tuple(kernel + bias for kernel, bias in zip(counts[::2], counts[1::2], strict=True))


def build_lenet(input_shape, classes, widths):
    c1, c3, c5, f6 = widths
    stages = [
        layers.Conv2D(c1, 5, activation="tanh", name="C1"),
        layers.AveragePooling2D(2, name="S2"),
        layers.Conv2D(c3, 5, activation="tanh", name="C3"),
        layers.AveragePooling2D(2, name="S4"),
        layers.Flatten(name="flat"),
        layers.Dense(c5, activation="tanh", name="C5"),
        layers.Dense(f6, activation="tanh", name="F6"),
        layers.Dense(classes, activation="softmax", name="answer"),
    ]
    model = keras.Sequential(stages, name="LeNet")
    model.build((None, *input_shape))
    return model


def build_mnist_cnn(input_shape, classes, filters, units):
    class Slide(keras.Sequential):
        pass

    first, second = filters
    return Slide(
        [
            keras.Input(input_shape, name="digit"),
            layers.Conv2D(first, 3, activation="relu", kernel_initializer="he_normal"),
            layers.Conv2D(second, 3, activation="relu", kernel_initializer="he_normal"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(units, activation="relu", kernel_initializer="he_normal"),
            layers.Dropout(0.5),
            layers.Dense(classes, activation="softmax"),
        ],
        name="slide",
    )


class Standardize(layers.Layer):
    def __init__(self, momentum=0.9, epsilon=0.001, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.epsilon = epsilon

    def build(self, input_shape):
        memory = {"shape": input_shape[-1:], "trainable": False}
        self.mean = self.add_weight(name="moving_mean", initializer="zeros", **memory)
        self.variance = self.add_weight(name="moving_variance", initializer="ones", **memory)

    def call(self, x, training=None):
        if not training:
            return ops.batch_normalization(x, self.mean, self.variance, -1, epsilon=self.epsilon)
        mean, variance = ops.moments(x, axes=tuple(range(x.ndim - 1)))
        for memory, value in ((self.mean, mean), (self.variance, variance)):
            memory.assign(memory * self.momentum + value * (1 - self.momentum))
        return ops.batch_normalization(x, mean, variance, -1, epsilon=self.epsilon)

    def get_config(self):
        config = {"momentum": self.momentum, "epsilon": self.epsilon}
        return {**super().get_config(), **config}


def accuracy(probabilities, labels):
    metric = keras.metrics.SparseCategoricalAccuracy()
    metric.update_state(labels, probabilities)
    return float(metric.result())


def train(images, labels):
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(8, 3, padding="same", activation="tanh"),
            layers.AveragePooling2D((2, 2)),
            layers.Conv2D(16, 3, padding="same", activation="tanh"),
            layers.AveragePooling2D((2, 2)),
            layers.Flatten(),
            layers.Dense(32, activation="tanh"),
            layers.Dense(10, activation="softmax"),
        ]
    )
    model.compile("rmsprop", "sparse_categorical_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = 0.005
    patience = keras.callbacks.EarlyStopping(patience=4, restore_best_weights=True)
    model.fit(images, labels, epochs=30, validation_split=0.15, callbacks=[patience], verbose=0)
    return model
