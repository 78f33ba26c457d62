"""Outputs under the judge's weights decide; a summary alone earns nothing."""

import numpy as np
import pytest

from autograder import Check
from autograder.asking import QuestionError, ask
from autograder.results import VerdictKind
from tests.autograder.kinds.conftest import ONE_BACKEND

RIGHT = """
import keras
from keras import layers

def build_net(input_shape, classes, width):
    return keras.Sequential([
        keras.Input(input_shape),
        layers.Conv2D(width, 3, activation="relu"),
        layers.Dropout(0.5),
        layers.GlobalAveragePooling2D(),
        layers.Dense(classes, activation="softmax"),
    ])
"""
FUNCTIONAL = """
import keras
from keras import layers

def build_net(input_shape, classes, width):
    x = inputs = keras.Input(input_shape, name="image")
    for layer in (
        layers.Conv2D(width, (3, 3), activation=keras.ops.relu), layers.Dropout(0.1),
        layers.GlobalAveragePooling2D(), layers.Dense(classes, "softmax", name="classes"),
    ):
        x = layer(x)
    return keras.Model(inputs, x)
"""


def rows(input_shape, classes, width):
    height, wide, channels = input_shape
    conv = (None, height - 2, wide - 2, width)
    return [
        ("Conv2D", conv, 9 * channels * width + width),
        ("Dropout", conv, 0),
        ("GlobalAveragePooling2D", (None, width), 0),
        ("Dense", (None, classes), (width + 1) * classes),
    ]


def reference(x, weights, **_):
    kernel, bias, dense, offset = weights
    patches = np.lib.stride_tricks.sliding_window_view(x, (3, 3), axis=(1, 2))
    hidden = np.maximum(np.einsum("nijcab,abcf->nijf", patches, kernel) + bias, 0)
    scores = np.exp(hidden.mean((1, 2)) @ dense + offset)
    return scores / scores.sum(-1, keepdims=True)


def draw(d):
    shape = (d.integer(6, 7), d.integer(8, 9), d.integer(2, 3))
    classes, width = d.integer(3, 5), d.integer(2, 4)
    shapes = [(3, 3, shape[2], width), (width,), (width, classes), (classes,)]
    return {
        "x": d.reals(3, *shape, low=-1, high=1),
        "weights": [d.reals(*each, low=-1, high=1) for each in shapes],
        "input_shape": shape,
        "classes": classes,
        "width": width,
    }


CHECK = Check(
    "net",
    {"summary": 3, "outputs": 7},
    reference,
    draw=draw,
    rtol=1e-5,
    rows=rows,
    kind="model",
    target="build_net",
)


@pytest.mark.parametrize("source", [RIGHT, FUNCTIONAL], ids=["Sequential", "functional"])
def test_right_models_earn_all_points(judged, source):
    verdict = judged(CHECK, source, b"secret")
    assert (verdict.kind, verdict.score, verdict.message) == (VerdictKind.PASSED, 10, "")


SUMMARY = {"summary"}
BOTH = {"summary", "outputs"}
MISTAKES = {
    "a layer less in the summary": ("        layers.Dropout(0.5),\n", "", SUMMARY),
    "a layer more": ("layers.Dropout(0.5)", "layers.Dropout(0.5), layers.Dropout(0)", SUMMARY),
    "another activation": ('"relu"', '"tanh"', BOTH),
    "no softmax": (', activation="softmax"', "", BOTH),
    "another pooling": ("GlobalAverage", "GlobalMax", BOTH),
    "a fixed width": ("width, 3", "5, 3", BOTH),
    "fixed classes": ("Dense(classes", "Dense(10", BOTH),
    "a fixed input": ("keras.Input(input_shape)", "keras.Input((28, 28, 1))", BOTH),
    "padding": ("width, 3", 'width, 3, padding="same"', BOTH),
    "no bias": ("width, 3", "width, 3, use_bias=False", BOTH),
    "channels and width mixed up": ("width, 3", "input_shape[-1], 3", BOTH),
}


@ONE_BACKEND
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_costs_what_it_spoils(judged, lost, mistake):
    old, new, parts = MISTAKES[mistake]
    assert old in RIGHT
    assert lost(judged(CHECK, RIGHT.replace(old, new), b"secret")) == parts


FAKES = {
    "an object with a forged summary": """
class Row:
    def __init__(self, params): self.params = params
    def count_params(self): return self.params
class Fake:
    layers = [Row(20), Row(0), Row(0), Row(12)]
    def count_params(self): return 32
    def __call__(self, x, training=False): return x
def build_net(input_shape, classes, width): return Fake()
""",
    "a Keras model with forged rows and counts": """
import keras
class Conv2D(keras.layers.Layer):
    def count_params(self): return 9 * channels * filters + filters
class Fake(keras.Model):
    def count_params(self): return 0
    @property
    def layers(self): return [Conv2D()]
    def call(self, x): return keras.ops.ones((x.shape[0], 3)) / 3
def build_net(input_shape, classes, width): return Fake()
""",
    "the right rows and outputs that ignore the weights": RIGHT.replace(
        'layers.Dense(classes, activation="softmax")',
        "Dense(classes)",
    )
    + """
class Dense(layers.Dense):
    def call(self, x): return keras.ops.ones((x.shape[0], self.units)) / self.units
""",
}


@ONE_BACKEND
@pytest.mark.parametrize("fake", FAKES)
def test_a_forged_model_earns_nothing(judged, fake):
    verdict = judged(CHECK, FAKES[fake], b"secret")
    assert verdict.score == 0
    assert verdict.kind in (VerdictKind.FAILED, VerdictKind.ERROR)


@ONE_BACKEND
def test_the_first_wrong_row_is_told_with_both_values(judged):
    message = judged(CHECK, RIGHT.replace("        layers.Dropout(0.5),\n", "")).message
    assert "row 2 of the summary is GlobalAveragePooling2D (None, 3) 0, expected Dropout" in message


@ONE_BACKEND
def test_what_does_not_take_the_weights_is_told(judged):
    message = judged(CHECK, RIGHT.replace("Dense(classes", "Dense(10")).message
    assert "weight 3 of 4" in message
    assert "summary (3): earned only together with outputs" in message or "row 4" in message


@ONE_BACKEND
@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("", VerdictKind.NOT_ATTEMPTED, "build_net is not defined"),
        ("build_net = 3", VerdictKind.ERROR, "build_net is int, expected a function"),
        (
            "def build_net(input_shape, classes, width): pass",
            VerdictKind.FAILED,
            "returned an object of type NoneType, expected a keras.Model",
        ),
        (
            "def build_net(input_shape, classes): pass",
            VerdictKind.ERROR,
            "unexpected keyword argument 'width'",
        ),
    ],
)
def test_what_is_no_model_is_told(judged, source, kind, said):
    verdict = judged(CHECK, source)
    assert (verdict.kind, verdict.score) == (kind, 0)
    assert said in verdict.message


def test_a_model_needs_a_tolerance():
    with pytest.raises(QuestionError, match="a model needs rtol"):
        ask(Check("net", {"outputs": 1}, reference, draw=draw, kind="model"), "06")
