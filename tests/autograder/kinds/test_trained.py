"""What counts is how our own model does under the weights that came back."""

from dataclasses import replace

import numpy as np
import pytest

from autograder import Check
from autograder.asking import QuestionError, ask
from autograder.examining import examine
from autograder.results import VerdictKind
from tests.autograder.kinds.conftest import ONE_BACKEND

TRAIN = """
import keras, numpy as np

def train(images, labels):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
    model.compile(keras.optimizers.Adam(0.2), "sparse_categorical_crossentropy")
    model.fit(images, labels, epochs=20, batch_size=16, verbose={verbose})
    return model
"""
RIGHT = TRAIN.format(verbose=0)


def evaluate(weights, images):
    kernel, bias = weights
    scores = np.exp(images @ kernel + bias)
    return scores / scores.sum(-1, keepdims=True)


def draw(d):
    """Three clouds of points; which is called what depends on the seed."""
    centres = np.float32([[4, 0], [-4, 3], [-1, -5]])[d.permutation(3)]
    labels = np.arange(120) % 3
    points = centres[labels] + d.reals(120, 2, low=-2, high=2)
    return {
        "images": points[:90],
        "labels": labels[:90],
        "test_images": points[90:],
        "test_labels": labels[90:],
        "shapes": [(2, 3), (3,)],
    }


CHECK = Check(
    "train",
    {"learns": 4, "accurate": 6},
    evaluate,
    draw=draw,
    public=1,
    hidden=1,
    kind="trained",
    thresholds={"learns": 0.6, "accurate": 0.9},
)


@pytest.mark.parametrize("verbose", [0, 1, 2])
@pytest.mark.parametrize("secret", [None, b"secret"], ids=["public", "hidden"])
def test_honest_training_earns_all_points(judged, verbose, secret):
    verdict = judged(CHECK, TRAIN.format(verbose=verbose), secret)
    assert (verdict.kind, verdict.score, verdict.message) == (VerdictKind.PASSED, 10, "")


BROUGHT_ALONG = RIGHT.replace(
    "    model.fit", "    model(images[:1]); model.set_weights(W); return model\n    model.fit"
)

CHEATS = {
    "no training": RIGHT.replace("epochs=20", "epochs=0"),
    "weights of a public run": BROUGHT_ALONG
    + "\nW = [np.float32([[4, -4, -1], [0, 3, -5]]), np.float32([0, 0, 0])]",
    "a lookup table": """
import keras
class Table(keras.Model):
    def call(self, x): return keras.ops.one_hot(keras.ops.zeros(x.shape[0], "int32"), 3)
def train(images, labels):
    return Table()
""",
    "an object that is no model": "def train(images, labels): return lambda x: labels",
    "weights of another model": RIGHT.replace(
        "keras.Input((2,)), ", "keras.Input((2,)), keras.layers.Dense(2), "
    ),
    "a model of the same shapes that computes something else": RIGHT.replace("softmax", "sigmoid"),
    "weights that are no numbers": BROUGHT_ALONG
    + "\nW = [np.full((2, 3), np.nan, np.float32), np.zeros(3, np.float32)]",
}


@ONE_BACKEND
@pytest.mark.parametrize("cheat", CHEATS)
def test_what_was_not_learnt_here_earns_nothing(judged, cheat):
    verdict = judged(CHECK, CHEATS[cheat], b"another secret")
    assert (verdict.kind, verdict.score) == (VerdictKind.FAILED, 0)


def test_half_learnt_earns_a_part():
    asked = ask(replace(CHECK, thresholds={"learns": 0.2, "accurate": 0.99}), "06", b"s")
    outputs = asked.trials[0].expected[":probe"].value
    value = {"weights": [np.eye(2, 3), np.zeros(3)], "outputs": outputs}
    answer = {"outcome": "returned", "value": value}
    verdict = examine(asked, lambda _: answer)
    assert (verdict.score, verdict.max_score) == (4, 10)
    assert verdict.message.splitlines()[1:] == [
        "accurate (6): a hidden case: fewer than 99% of the images are recognised"
    ]


@ONE_BACKEND
def test_in_a_notebook_the_accuracy_is_told(judged):
    message = judged(CHECK, CHEATS["no training"]).message
    assert "of 30 images that it has not seen are recognised, expected 90% or more" in message


def test_only_hidden_data_is_trained_on_where_there_is_any():
    assert [trial.case.public for trial in ask(CHECK, "06").trials] == [True]
    assert [trial.case.public for trial in ask(CHECK, "06", b"secret").trials] == [False]


def test_neither_labels_nor_images_to_be_tested_on_cross_the_wall():
    asked = []

    def put(request):
        asked.append(request)
        return

    question = ask(CHECK, "06", b"secret")
    examine(question, put)
    inputs = question.trials[0].case.inputs
    assert [*asked[0]["args"]] == [inputs["images"], inputs["labels"]]
    assert asked[0]["test_images"] is None


FORGED = [
    None,
    {"outcome": "returned", "value": None},
    {"outcome": "returned", "value": {"weights": 3}},
    {"outcome": "returned", "value": {"weights": [np.zeros((2, 3)), 1]}},
    {"outcome": "returned", "value": {"weights": [np.zeros((2, 3), int), np.zeros(3)]}},
    {"outcome": "returned", "value": {"weights": [], "predictions": np.zeros(30)}},
    {"outcome": "returned", "value": {"weights": [np.full((2, 3), 1e300), np.full(3, -1e300)]}},
]


@pytest.mark.parametrize("answer", FORGED, ids=repr)
def test_forged_weights_earn_nothing_and_break_nothing(answer):
    verdict = examine(ask(CHECK, "06", b"secret"), lambda _: answer)
    assert verdict.score == 0


def test_each_part_has_a_threshold():
    with pytest.raises(
        QuestionError, match="thresholds names learns, accurate, expected the parts"
    ):
        ask(replace(CHECK, points={"learns": 1}), "06")
