"""06_lenet: what students get wrong fails where it should, and only there, whatever the secret."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from functools import partial

import keras
import numpy as np
import pytest
from keras import layers, ops

NAME = "06_lenet"
SECRETS = [bytes([number]) * 32 for number in range(4)]

pytestmark = pytest.mark.slow


class Subsampling(layers.Layer):
    """Right; what is wrong about it is written into subclasses."""

    trained = True

    def __init__(self, pool_size=(2, 2), **kwargs):
        super().__init__(**kwargs)
        pair = isinstance(pool_size, list | tuple)
        self.pool_size = tuple(pool_size) if pair else (pool_size, pool_size)

    def build(self, input_shape):
        options = {"shape": self.shape(input_shape), "trainable": self.trained}
        self.coefficient = self.add_weight(name="coefficient", initializer="ones", **options)
        self.bias = self.add_weight(name="bias", initializer="zeros", **options)

    def shape(self, input_shape):
        return (input_shape[-1],)

    def sums(self, x):
        return ops.average_pool(x, self.pool_size, self.pool_size) * float(np.prod(self.pool_size))

    def call(self, x):
        return self.coefficient * self.sums(x) + self.bias

    def get_config(self):
        return {**super().get_config(), "pool_size": self.pool_size}


def subsampling(**changes):
    """A subclass under the same name, with methods or attributes of its own."""
    return type("Subsampling", (Subsampling,), changes)


def overlapping(layer, x):
    return ops.average_pool(x, layer.pool_size, 1) * float(np.prod(layer.pool_size))


def padded(layer, x):
    size = layer.pool_size
    return ops.average_pool(x, size, size, "same") * float(np.prod(size))


def square(layer, x):
    side = layer.pool_size[0]
    return ops.average_pool(x, side, side) * float(side * side)


def swapped(layer, x):
    size = layer.pool_size[::-1]
    return ops.average_pool(x, size, size) * float(np.prod(size))


def detached(layer, x):
    return Subsampling.sums(layer, ops.stop_gradient(x))


def other_names(layer, input_shape):
    layer.scale = layer.add_weight(name="scale", shape=input_shape[-1:], initializer="ones")
    layer.offset = layer.add_weight(name="offset", shape=input_shape[-1:], initializer="zeros")


def one_weight(layer, x):
    return layer.coefficient[0] * layer.sums(x) + layer.bias[0]


def forgets(*options):
    """A get_config that leaves some options out."""

    def get_config(layer):
        config = super(type(layer), layer).get_config()
        return {name: value for name, value in config.items() if name not in options}

    return get_config


OUTPUT = {"forward", "gradients", "config", "saving"}
ALL = {"weights"} | OUTPUT
SUBSAMPLING = {
    "the largest": (
        subsampling(sums=lambda s, x: ops.max_pool(x, s.pool_size, s.pool_size)),
        OUTPUT,
    ),
    "the mean": (
        subsampling(sums=lambda s, x: ops.average_pool(x, s.pool_size, s.pool_size)),
        OUTPUT,
    ),
    "bias before the coefficient": (
        subsampling(call=lambda s, x: s.coefficient * (s.sums(x) + s.bias)),
        OUTPUT,
    ),
    "bias for every number of the window": (
        subsampling(call=lambda s, x: s.sums(s.coefficient * x + s.bias)),
        {"forward", "gradients", "config", "saving"},
    ),
    "no bias": (subsampling(call=lambda s, x: s.coefficient * s.sums(x)), OUTPUT),
    "the first coefficient for all channels": (subsampling(call=one_weight), OUTPUT),
    "windows overlap": (subsampling(sums=overlapping), OUTPUT),
    "the border padded": (subsampling(sums=padded), OUTPUT),
    "square windows": (subsampling(sums=square), OUTPUT),
    "height and width mixed up": (subsampling(sums=swapped), OUTPUT),
    "an activation": (
        subsampling(call=lambda s, x: ops.tanh(Subsampling.call(s, x))),
        OUTPUT,
    ),
    "one coefficient for all channels": (subsampling(shape=lambda *_: (1,)), ALL),
    "other names": (
        subsampling(build=other_names, call=lambda s, x: s.scale * s.sums(x) + s.offset),
        ALL,
    ),
    "weights that are not trained": (subsampling(trained=False), {"weights", "gradients"}),
    "no gradient goes back": (subsampling(sums=detached), {"gradients"}),
    "get_config forgets pool_size": (
        subsampling(get_config=forgets("pool_size")),
        {"config", "saving"},
    ),
}


class Standardize(layers.Layer):
    """Right; what is wrong about it is written into subclasses."""

    trained = False

    def __init__(self, momentum=0.9, epsilon=0.001, **kwargs):
        super().__init__(**kwargs)
        self.momentum, self.epsilon = momentum, epsilon

    def build(self, input_shape):
        shape = (input_shape[-1],)
        self.moving_mean = self.add_weight(
            name="moving_mean", shape=shape, initializer="zeros", trainable=self.trained
        )
        self.moving_variance = self.add_weight(
            name="moving_variance", shape=shape, initializer="ones", trainable=self.trained
        )

    def moments(self, x):
        return ops.moments(x, tuple(range(len(x.shape) - 1)))

    def divide(self, x, variance):
        return x / ops.sqrt(variance + self.epsilon)

    def remember(self, mean, variance):
        for memory, value in ((self.moving_mean, mean), (self.moving_variance, variance)):
            memory.assign(self.momentum * memory + (1 - self.momentum) * value)

    def learn(self, x):
        mean, variance = self.moments(x)
        self.remember(mean, variance)
        return self.divide(x - mean, variance)

    def apply(self, x):
        return self.divide(x - self.moving_mean, self.moving_variance)

    def call(self, x, training=False):
        return self.learn(x) if training else self.apply(x)

    def get_config(self):
        return {**super().get_config(), "momentum": self.momentum, "epsilon": self.epsilon}


def standardize(**changes):
    return type("Standardize", (Standardize,), changes)


def moments_over(axes):
    return lambda _, x: ops.moments(x, axes)


def corrected(layer, x):
    mean, variance = Standardize.moments(layer, x)
    count = float(np.prod(x.shape[:-1]))
    return mean, variance * count / (count - 1)


def momentum_swapped(layer, mean, variance):
    for memory, value in ((layer.moving_mean, mean), (layer.moving_variance, variance)):
        memory.assign((1 - layer.momentum) * memory + layer.momentum * value)


def remembers(change):
    """A memory of something else than the variance."""
    return lambda layer, mean, variance: Standardize.remember(
        layer, mean, change(variance, layer.epsilon)
    )


def without_moving_first(layer, x):
    """The memory, already moved, in place of the batch's own numbers."""
    layer.remember(*layer.moments(x))
    return layer.apply(x)


def remembering_apply(layer, x):
    y = Standardize.apply(layer, x)
    layer.remember(*layer.moments(x))
    return y


STILL = {"forward", "config"}
STANDARDIZE = {
    "epsilon outside the root": (
        standardize(divide=lambda s, x, variance: x / (ops.sqrt(variance) + s.epsilon)),
        {"training"} | STILL,
    ),
    "no epsilon": (
        standardize(divide=lambda _, x, variance: x / ops.sqrt(variance)),
        {"training"} | STILL,
    ),
    "no epsilon while it learns": (
        standardize(
            learn=lambda s, x: (
                s.remember(*s.moments(x)) or (x - s.moments(x)[0]) / ops.sqrt(s.moments(x)[1])
            )
        ),
        {"training"},
    ),
    "no root": (
        standardize(divide=lambda s, x, variance: x / (variance + s.epsilon)),
        {"training"} | STILL,
    ),
    "no root afterwards": (
        standardize(
            apply=lambda s, x: (x - s.moving_mean) / (s.moving_variance + s.epsilon),
        ),
        STILL,
    ),
    "momentum swapped": (standardize(remember=momentum_swapped), {"training"}),
    "the memory never changes": (standardize(remember=lambda *_: None), {"training"}),
    "the memory is the last batch": (
        standardize(
            remember=lambda s, *new: (
                s.moving_mean.assign(new[0]) is s.moving_variance.assign(new[1])
            )
        ),
        {"training"},
    ),
    "remembers variance and epsilon": (
        standardize(remember=remembers(lambda variance, epsilon: variance + epsilon)),
        {"training"},
    ),
    "remembers the standard deviation": (
        standardize(remember=remembers(lambda variance, _: ops.sqrt(variance))),
        {"training"},
    ),
    "variance corrected by n - 1": (standardize(moments=corrected), {"training"}),
    "the memory, not the batch": (standardize(learn=without_moving_first), {"training"}),
    "training ignored": (
        standardize(call=lambda s, x, training=False: s.apply(x)),  # noqa: ARG005
        {"training"},
    ),
    "learns all the time": (
        standardize(call=lambda s, x, training=False: s.learn(x)),  # noqa: ARG005
        STILL,
    ),
    "remembers all the time": (
        standardize(apply=remembering_apply),
        STILL,
    ),
    "every pixel by itself": (standardize(moments=moments_over((0,))), {"training"}),
    "all channels together": (standardize(moments=moments_over(None)), {"training"}),
    "after a convolution only": (standardize(moments=moments_over((0, 1, 2))), {"training"}),
    "the memory is trained": (standardize(trained=True), {"weights"}),
    "get_config forgets epsilon": (standardize(get_config=forgets("epsilon")), {"config"}),
    "get_config forgets momentum": (standardize(get_config=forgets("momentum")), {"config"}),
}


def lenet(
    input_shape,
    classes,
    widths,
    activations=("tanh", "tanh", "tanh", "tanh", "softmax"),
    pooling=layers.AveragePooling2D,
    padding="valid",
    kernel_size=5,
    flat=layers.Flatten,
    extra=(),
):
    c1, c3, c5, f6 = widths
    first, second, third, fourth, last = activations
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(c1, kernel_size, activation=first, padding=padding),
            pooling(2),
            layers.Conv2D(c3, kernel_size, activation=second, padding=padding),
            pooling(2),
            flat(),
            layers.Dense(c5, activation=third),
            *extra,
            layers.Dense(f6, activation=fourth),
            layers.Dense(classes, activation=last),
        ]
    )


def activations_apart(input_shape, classes, widths):
    """Right numbers, but a table with rows of its own."""
    model = lenet(input_shape, classes, widths, activations=[None] * 4 + ["softmax"])
    apart = keras.Sequential([keras.Input(input_shape)])
    for layer in model.layers:
        apart.add(layer)
        if layer.weights and layer is not model.layers[-1]:
            apart.add(layers.Activation("tanh"))
    return apart


BOTH = {"summary", "outputs"}
BUILD_LENET = {
    "max for average pooling": (partial(lenet, pooling=layers.MaxPooling2D), BOTH),
    "relu for tanh": (partial(lenet, activations=["relu"] * 4 + ["softmax"]), BOTH),
    "sigmoid for tanh": (partial(lenet, activations=["sigmoid"] * 4 + ["softmax"]), BOTH),
    "no softmax": (partial(lenet, activations=["tanh"] * 4 + [None]), BOTH),
    "sigmoid for softmax": (partial(lenet, activations=["tanh"] * 4 + ["sigmoid"]), BOTH),
    "padded": (partial(lenet, padding="same"), BOTH),
    "3×3 kernels": (partial(lenet, kernel_size=3), BOTH),
    "global pooling for flattening": (
        partial(lenet, flat=layers.GlobalAveragePooling2D),
        BOTH,
    ),
    "ten classes": (lambda shape, _, widths: lenet(shape, 10, widths), BOTH),
    "the paper's widths": (
        lambda shape, classes, _: lenet(shape, classes, (6, 16, 120, 84)),
        BOTH,
    ),
    "grey pictures of 32×32": (
        lambda _, *rest: lenet((32, 32, 1), *rest),
        BOTH,
    ),
    # Convolutions do not mind, and both orders flatten to the same length.
    "height and width mixed up": (
        lambda shape, *rest: lenet((shape[1], shape[0], shape[2]), *rest),
        {"summary"},
    ),
    "dropout added": (
        lambda *arguments: lenet(*arguments, extra=[layers.Dropout(0.5)]),
        {"summary"},
    ),
    "activations in rows of their own": (activations_apart, {"summary"}),
    **{
        f"no activation in place {place}": (
            partial(
                lenet,
                activations=[None if place == other else "tanh" for other in range(4)]
                + ["softmax"],
            ),
            BOTH,
        )
        for place in range(4)
    },
}


def mnist_cnn(
    input_shape,
    classes,
    filters,
    units,
    activations=("relu", "relu", "relu", "softmax"),
    between=(),
    pooling=layers.MaxPooling2D,
    dropout=layers.Dropout,
):
    first, second, third, last = activations
    return keras.Sequential(
        [
            keras.Input(input_shape),
            layers.Conv2D(filters[0], 3, activation=first),
            *between,
            layers.Conv2D(filters[1], 3, activation=second),
            pooling(2),
            *([dropout(0.25)] if dropout else []),
            layers.Flatten(),
            layers.Dense(units, activation=third),
            *([dropout(0.5)] if dropout else []),
            layers.Dense(classes, activation=last),
        ]
    )


BUILD_MNIST_CNN = {
    "no dropout": (partial(mnist_cnn, dropout=None), {"summary"}),
    "dropout of whole maps": (
        partial(mnist_cnn, dropout=lambda rate: layers.GaussianDropout(rate)),
        {"summary"},
    ),
    "average pooling": (partial(mnist_cnn, pooling=layers.AveragePooling2D), BOTH),
    "pooling after both convolutions": (
        lambda *arguments: mnist_cnn(*arguments, between=[layers.MaxPooling2D(2, padding="same")]),
        BOTH,
    ),
    "tanh for relu": (partial(mnist_cnn, activations=["tanh"] * 3 + ["softmax"]), BOTH),
    "leaky relu": (partial(mnist_cnn, activations=["leaky_relu"] * 3 + ["softmax"]), BOTH),
    "no softmax": (partial(mnist_cnn, activations=["relu"] * 3 + [None]), BOTH),
    "the slide's filters": (
        lambda shape, classes, _, units: mnist_cnn(shape, classes, (32, 64), units),
        BOTH,
    ),
    "filters in the other order": (
        lambda shape, classes, filters, units: mnist_cnn(shape, classes, filters[::-1], units),
        BOTH,
    ),
    "the slide's units": (
        lambda shape, classes, filters, _: mnist_cnn(shape, classes, filters, 128),
        BOTH,
    ),
    "the slide's pictures": (
        lambda _, *rest: mnist_cnn((28, 28, 1), *rest),
        BOTH,
    ),
    **{
        f"no activation in place {place}": (
            partial(
                mnist_cnn,
                activations=[None if place == other else "relu" for other in range(3)]
                + ["softmax"],
            ),
            BOTH,
        )
        for place in range(3)
    },
}


def params(input_shape, classes, widths, bias=1, rounded=lambda size: size // 2, swap=False):
    height, width, channels = input_shape
    c1, c3, c5, f6 = widths
    rows, columns = (rounded(rounded(size - 4) - 4) for size in (height, width))
    flat = rows * (rows if swap else columns) * c3
    return (
        c1 * (25 * channels + bias),
        c3 * (25 * c1 + bias),
        c5 * (flat + bias),
        f6 * (c5 + bias),
        classes * (f6 + bias),
    )


WHOLE = {""}
LENET_PARAMS = {
    "no biases": (partial(params, bias=0), WHOLE),
    "rounded up": (partial(params, rounded=lambda size: -(-size // 2)), WHOLE),
    "square pictures only": (partial(params, swap=True), WHOLE),
    "one channel": (lambda s, *rest: params((s[0], s[1], 1), *rest), WHOLE),
    "ten classes": (lambda s, _, widths: params(s, 10, widths), WHOLE),
    "the paper's widths": (lambda s, n, _: params(s, n, (6, 16, 120, 84)), WHOLE),
    "the sum": (lambda *arguments: sum(params(*arguments)), WHOLE),
    "LeNet's numbers": (lambda *_: (156, 2416, 48120, 10164, 850), WHOLE),
}

PREPARE = {
    "not scaled": (lambda images, _: images[..., None].astype("float32"), WHOLE),
    "no channel": (lambda images, highest: images / highest, WHOLE),
    "the channel first": (lambda images, highest: images[:, None] / highest, WHOLE),
    "by 255": (lambda images, _: images[..., None] / 255, WHOLE),
    "by the largest number": (lambda images, _: images[..., None] / images.max(), WHOLE),
    "black and white": (lambda images, n: np.round(images / n)[..., None], WHOLE),
    "whole numbers": (lambda images, n: (images // n)[..., None], WHOLE),
    "from -1 to 1": (lambda images, n: images[..., None] / n * 2 - 1, WHOLE),
    "float16": (lambda images, n: (images / n).astype("float16")[..., None] * 1.0, WHOLE),
}

ACCURACY = {
    "right answers": (lambda p, labels: np.sum(p.argmax(1) == labels), WHOLE),
    "per cent": (lambda p, labels: 100 * np.mean(p.argmax(1) == labels), WHOLE),
    "wrong answers": (lambda p, labels: np.mean(p.argmax(1) != labels), WHOLE),
    "more than a half": (
        lambda p, labels: np.mean((p > 0.5)[np.arange(len(p)), labels]),
        WHOLE,
    ),
    "the mean probability": (lambda p, labels: p[np.arange(len(p)), labels].mean(), WHOLE),
    "counted from 1": (lambda p, labels: np.mean(p.argmax(1) + 1 == labels), WHOLE),
    "divided by the classes": (lambda p, labels: np.sum(p.argmax(1) == labels) / p.shape[1], WHOLE),
}

WRONG = {
    "prepare": PREPARE,
    "Subsampling": SUBSAMPLING,
    "lenet_params": LENET_PARAMS,
    "build_lenet": BUILD_LENET,
    "build_mnist_cnn": BUILD_MNIST_CNN,
    "Standardize": STANDARDIZE,
    "accuracy": ACCURACY,
}
# All drawn cases are pictures; what comes from a dense layer is in the examples.
SEEN_IN_PUBLIC = {("Standardize", "after a convolution only")}
CASES = [(name, label) for name, variants in WRONG.items() for label in variants]


def written(name, label):
    """A namespace with the wrong answer; builders are called by keyword and take what comes."""
    answer, _ = WRONG[name][label]
    is_builder = name.startswith("build_")
    return {name: (lambda **given: answer(*given.values())) if is_builder else answer}


def lost(verdict):
    """The parts that earned nothing; a function has none, and is lost as a whole."""
    return {part.name for part in verdict.parts if not part.score} or (
        {""} if not verdict.score else set()
    )


def test_what_the_wrong_ones_are_made_from_is_right(judge):
    right = {"Subsampling": Subsampling, "Standardize": Standardize}
    right |= {"build_lenet": lenet, "build_mnist_cnn": mnist_cnn, "lenet_params": params}
    for name, answer in right.items():
        verdict = judge(NAME, name, {name: answer}, SECRETS[0])
        assert verdict.score == verdict.max_score, verdict.message


@pytest.mark.parametrize(("name", "label"), CASES)
def test_a_wrong_answer_loses_its_parts_and_no_others(name, label, judge):
    verdict = judge(NAME, name, written(name, label), SECRETS[0])
    assert lost(verdict) == WRONG[name][label][1], verdict.message
    assert "TypeError" not in verdict.message


@pytest.mark.parametrize(("name", "label"), sorted(set(CASES) - SEEN_IN_PUBLIC))
def test_hidden_cases_alone_find_it(name, label, judge):
    for secret in SECRETS[1:]:
        verdict = judge(NAME, name, written(name, label), secret, hidden=True)
        assert lost(verdict) == WRONG[name][label][1], verdict.message
        assert "TypeError" not in verdict.message


def small(activation="tanh", pooling=layers.AveragePooling2D, widths=(8, 16, 32)):
    """The network that the last exercise prescribes, or one like it."""
    return keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(widths[0], 3, padding="same", activation=activation),
            pooling(2),
            layers.Conv2D(widths[1], 3, padding="same", activation=activation),
            pooling(2),
            layers.Flatten(),
            layers.Dense(widths[2], activation=activation),
            layers.Dense(10, activation="softmax"),
        ]
    )


def trainer(epochs, rate=0.01, **options):
    def train(images, labels):
        model = small(**options)
        model.compile(keras.optimizers.Adam(rate), "sparse_categorical_crossentropy")
        model.fit(images, labels, epochs=epochs, verbose=0)
        return model

    return train


def on_its_own_digits(*_):
    from sklearn.datasets import load_digits

    digits = load_digits()
    return trainer(5)(digits.images[..., None] / 16, digits.target)


TRAIN = {
    "not trained": (trainer(0), {"learns", "accurate"}),
    "trained too little": (trainer(2, 0.003), {"accurate"}),
    "a learning rate that is too large": (trainer(2, 1.0), {"learns", "accurate"}),
    "relu for tanh": (trainer(3, activation="relu"), {"learns", "accurate"}),
    "max for average pooling": (trainer(3, pooling=layers.MaxPooling2D), {"learns", "accurate"}),
    "another width": (trainer(3, widths=(8, 16, 64)), {"learns", "accurate"}),
    "digits of its own": (on_its_own_digits, {"learns", "accurate"}),
    "nothing returned": (lambda *_: None, {"learns", "accurate"}),
}


@pytest.mark.parametrize("public", [True, False])
@pytest.mark.parametrize("label", TRAIN)
def test_what_is_trained_wrongly_earns_as_little_in_public_as_hidden(label, public, judge):
    train, parts = TRAIN[label]
    keras.utils.set_random_seed(6)
    verdict = judge(NAME, "train", {"train": train}, None if public else SECRETS[0])
    assert lost(verdict) == parts, verdict.message
