"""The sample class's notebooks for 06_lenet."""

from collections.abc import Callable

import nbformat
from handed_in import Notebook, answered, release

NAME = "06_lenet"


def max_pooling(notebook: Notebook) -> None:
    notebook.change("Subsampling", "ops.sum(x, axis=(2, 4))", "ops.max(x, axis=(2, 4))")
    notebook.change("build_lenet", "layers.AveragePooling2D", "layers.MaxPooling2D")


def epsilon_outside_the_root(notebook: Notebook) -> None:
    notebook.change(
        "Standardize",
        "* ops.rsqrt(self.moving_variance + self.epsilon)",
        "/ (ops.sqrt(self.moving_variance) + self.epsilon)",
    )
    notebook.change(
        "Standardize",
        "* ops.rsqrt(variance + self.epsilon)",
        "/ (ops.sqrt(variance) + self.epsilon)",
    )


def momentum_swapped(notebook: Notebook) -> None:
    notebook.change("Standardize", "step = 1 - self.momentum", "step = self.momentum")


def options_not_saved(notebook: Notebook) -> None:
    notebook.change("Subsampling", "config.update(pool_size=self.pool_size)", "pass")
    old = 'config["momentum"], config["epsilon"] = self.momentum, self.epsilon'
    notebook.change("Standardize", old, "pass")


def widths_of_the_paper(notebook: Notebook) -> None:
    notebook.change("build_lenet", "inputs = x", "widths = (6, 16, 120, 84)\n    inputs = x")
    notebook.change(
        "build_mnist_cnn", "inputs = x", "filters, units = (32, 64), 128\n    inputs = x"
    )


def activations_forgotten(notebook: Notebook) -> None:
    notebook.change("build_lenet", ", activation=ops.tanh)(x)\n    return", ")(x)\n    return")
    notebook.change("build_mnist_cnn", ', activation="softmax"', "")


def dropout_forgotten(notebook: Notebook) -> None:
    notebook.change("build_mnist_cnn", "    x = layers.Dropout(0.5)(x)\n", "")


def trained_too_little(notebook: Notebook) -> None:
    notebook.change("train", "SGD(0.05, momentum=0.9)", "Adam(0.001)")
    notebook.change("train", "epochs=20", "epochs=5")  # of 60 to 85 % it is in the middle


def relu_for_tanh(notebook: Notebook) -> None:
    notebook.change("train", 'activation="tanh"', 'activation="relu"')


def brought_weights(notebook: Notebook) -> None:
    """Learns the digits that lie in scikit-learn, and leaves aside what it is given."""
    notebook.change("train", "model.fit(images", "digits = load_digits()\n    model.fit(images")
    notebook.change("train", "images, keras", "digits.images[..., None] / 16, keras")
    notebook.change("train", "to_categorical(labels", "to_categorical(digits.target")


def forged_summary(notebook: Notebook) -> None:
    """A model that is none, one that shows another's summary, a layer that equals everything."""
    notebook.add(FORGED, notebook.find("build_lenet-solution"))
    notebook.answer("build_lenet", FORGED_LENET)
    notebook.answer("build_mnist_cnn", FORGED_MNIST_CNN)
    notebook.answer("Subsampling", FORGED_LAYER)


FORGED = """
class Anything:
    __eq__ = lambda *_: True
    __hash__ = lambda _: 0
    __array__ = lambda *_, **__: np.ones((1, 10), "float32") / 10


class Row:
    def __init__(self, kind, shape, count):
        self.__class__ = type(kind, (Row,), {"__init__": lambda *_: None})
        self.output = type("Output", (), {"shape": shape})()
        self.count_params = lambda: count
        self.weights = []
        self.name = kind


def forged_rows(input_shape, classes, kinds):
    rows, columns, _ = input_shape
    return [Row(kind, (None, rows, columns, classes), 156) for kind in kinds]
"""

FORGED_LENET = """
def build_lenet(input_shape, classes, widths):
    class Model:
        layers = forged_rows(input_shape, classes, ["Conv2D", "AveragePooling2D", "Dense"])
        weights = []
        set_weights = lambda *_: None
        count_params = lambda _: 61706
        __call__ = lambda *_, **__: Anything()

    return Model()
"""

FORGED_MNIST_CNN = """
def build_mnist_cnn(input_shape, classes, filters, units):
    inputs = x = keras.Input(input_shape)
    for number in filters:
        x = layers.Conv2D(number, 3)(x)
    x = layers.Flatten()(layers.Dropout(0.25)(layers.MaxPooling2D()(x)))
    x = layers.Dropout(0.5)(layers.Dense(units)(x))
    shown = keras.Model(inputs, layers.Dense(classes)(x))

    class Model(keras.Model):
        layers = property(lambda _: shown.layers)
        call = lambda self, x, training=None: ops.ones((len(x), classes)) / classes

    return Model()
"""

FORGED_LAYER = """
class Subsampling(layers.Layer):
    def __init__(self, pool_size=(2, 2), **kwargs):
        super().__init__(**kwargs)

    def __call__(self, *_, **__):
        return Anything()

    __eq__ = lambda *_: True
    __hash__ = lambda _: 0
"""


def constant_counts(notebook: Notebook) -> None:
    """The rows of the summary are as they should be; what is computed is not."""
    notebook.answer(
        "lenet_params", "def lenet_params(*_):\n    return 156, 2416, 48120, 10164, 850"
    )
    for check, old in (("build_lenet", "return keras"), ("build_mnist_cnn", "return keras")):
        notebook.change(check, old, "return with_right_rows(keras")
        source = notebook.cells[notebook.find(f"{check}-solution")].source
        notebook.answer(check, source.rstrip() + ")")
        notebook.change(check, 'activation="softmax"', 'activation="sigmoid"')
    notebook.add(WITH_RIGHT_ROWS, notebook.find("build_lenet-solution"))


WITH_RIGHT_ROWS = """
def with_right_rows(model):
    for layer in model.layers:
        count = layer.count_params()
        layer.count_params = lambda count=count: count
    return model
"""


def digits_by_heart(notebook: Notebook) -> None:
    """No network: the nearest of scikit-learn's digits, in weights that nobody trains."""
    notebook.answer("train", BY_HEART)


BY_HEART = """
def train(images, labels):
    class ByHeart(keras.Model):
        def build(self, _):
            digits = load_digits()
            self.known = self.add_weight(name="known", shape=(len(digits.target), 64))
            self.known.assign(digits.images.reshape(-1, 64) / 16)
            self.names = keras.utils.to_categorical(digits.target, 10)

        def call(self, x, training=None):
            x = ops.reshape(x, (-1, 64))
            likeness = 2 * ops.matmul(x, ops.transpose(self.known)) - ops.sum(self.known**2, axis=1)
            nearest = ops.convert_to_numpy(ops.argmax(likeness, axis=1))
            return ops.convert_to_tensor(self.names[nearest])

    model = ByHeart()
    model(images[:1])
    return model
"""


def unchanged(_: Notebook) -> None:
    pass


# Training takes the most time by far: who is about something else leaves it out.
CHANGES: dict[str, Callable[[Notebook], None]] = {
    "max_pooling": max_pooling,
    "epsilon_outside_the_root": epsilon_outside_the_root,
    "momentum_swapped": momentum_swapped,
    "options_not_saved": options_not_saved,
    "widths_of_the_paper": widths_of_the_paper,
    "activations_forgotten": activations_forgotten,
    "dropout_forgotten": dropout_forgotten,
    "forged_summary": forged_summary,
    "constant_counts": constant_counts,
}
TRAININGS: dict[str, Callable[[Notebook], None]] = {
    "right_functional": unchanged,
    "trained_too_little": trained_too_little,
    "relu_for_tanh": relu_for_tanh,
    "brought_weights": brought_weights,
    "digits_by_heart": digits_by_heart,
}


def students() -> dict[str, str]:
    """The text of each student's notebook."""
    notebooks = {"empty": Notebook(release(NAME))}
    for style in ("by_hand", "borrowed"):
        notebooks[f"right_{style}"] = answered(NAME, style)
    for changes, leave in ((CHANGES, ("train",)), (TRAININGS, ())):
        for student, change in changes.items():
            notebook = notebooks[student] = answered(NAME, "functional", leave)
            change(notebook)
    return {student: nbformat.writes(notebook.node) for student, notebook in notebooks.items()}
