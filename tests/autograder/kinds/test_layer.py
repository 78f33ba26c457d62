"""Right layers earn each part, and a mistake costs the parts that it spoils and no other."""

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder import Check
from autograder.asking import QuestionError, ask
from autograder.results import VerdictKind
from autograder.sandbox import Child
from tests.autograder.kinds.conftest import ONE_BACKEND

RIGHT = """
import keras
from keras import ops

class Centre(keras.layers.Layer):
    def __init__(self, momentum=0.9, factor=1, **kwargs):
        super().__init__(**kwargs)
        self.momentum = momentum
        self.factor = factor

    def build(self, shape):
        channels = shape[-1:]
        self.scale = self.add_weight(name="scale", shape=channels, initializer="ones")
        self.mean = self.add_weight(name="mean", shape=channels, trainable=False)

    def call(self, x, training=False):
        mean = self.mean
        if training:
            mean = ops.mean(x, axis=(0, 1))
            self.mean.assign(self.momentum * self.mean + (1 - self.momentum) * mean)
        return self.factor * self.scale * (x - mean) ** 2

    def get_config(self):
        return super().get_config() | {"momentum": self.momentum, "factor": self.factor}
"""
ALL = {"weights": 1, "forward": 2, "training": 4, "gradients": 8, "config": 16, "saving": 32}


def reference(x, scale, mean, momentum, factor, training):
    if not training:
        return factor * scale * (x - mean) ** 2
    batch = x.mean((0, 1))
    y = factor * scale * (x - batch) ** 2
    return y, scale, momentum * mean + (1 - momentum) * batch


def draw(d):
    channels = d.integer(2, 3)
    return {
        "x": d.reals(d.integer(2, 4), d.integer(3, 5), channels),
        "scale": d.reals(channels, low=1),
        "mean": d.reals(channels),
        "momentum": d.choice([0.6, 0.75]),
        "factor": d.integer(2, 5),
        "training": False,
    }


def draw_training(d):
    return {**draw(d), "training": d.exact}


CHECK = Check(
    "centre",
    ALL,
    reference,
    draw=draw_training,
    rtol=1e-5,
    kind="layer",
    target="Centre",
    weights=("scale", "mean"),
    non_trainable=("mean",),
    hint="what is the mean of?",
)

STYLES = {
    "as it is": RIGHT,
    "weights by their own names": RIGHT.replace("self.scale", "self.a").replace(
        "self.mean", "self.b"
    ),
    "Keras by its short name": RIGHT.replace("keras.layers.Layer", "keras.Layer"),
    "its class has another name": RIGHT.replace("class Centre", "class Middle")
    + "\nCentre = Middle",
    "registered, with a layer of its own and a function": RIGHT.replace(
        "class Centre",
        """
@keras.saving.register_keras_serializable("own")
def squared(x):
    return x ** 2

@keras.saving.register_keras_serializable("own")
class Minus(keras.layers.Layer):
    def call(self, x, mean):
        return x - mean

@keras.saving.register_keras_serializable("own")
class Centre""",
    )
    .replace("factor=1, **", "factor=1, then=squared, minus=None, **")
    .replace(
        "self.factor = factor",
        "self.factor = factor\n        self.then = keras.activations.get(then)"
        "\n        self.minus = keras.layers.deserialize(minus) if minus else Minus()",
    )
    .replace("(x - mean) ** 2", "self.then(self.minus(x, mean))")
    .replace(
        '"factor": self.factor',
        '"factor": self.factor, "then": self.then, "minus": keras.layers.serialize(self.minus)',
    ),
    "options in arrays and tuples": RIGHT.replace(
        "self.momentum = momentum",
        "self.momentum = momentum[0] if isinstance(momentum, tuple) else momentum",
    )
    .replace("self.factor = factor", "self.factor = np.asarray(factor).item()")
    .replace('"momentum": self.momentum', '"momentum": (self.momentum,)')
    .replace('"factor": self.factor', '"factor": np.asarray(self.factor)')
    .replace("import keras\n", "import keras\nimport numpy as np\n", 1),
    "it prints and changes its input": RIGHT.replace(
        "mean = self.mean\n", "print(x); mean = self.mean\n"
    ),
}


@pytest.mark.parametrize("style", STYLES)
def test_right_layers_earn_all_points(judged, style):
    verdict = judged(CHECK, STYLES[style], b"secret")
    assert (verdict.kind, verdict.score, verdict.message) == (VerdictKind.PASSED, 63, "")


MISTAKES = {
    "config forgotten": (
        "return super().get_config() | {",
        "return super().get_config() or {",
        {"config", "saving"},
    ),
    "too many channels": ("channels = shape[-1:]", "channels = (shape[-1] + 1,)", set(ALL)),
    "a statistic that is trained": (", trainable=False", "", {"weights"}),
    "never trained": (
        'initializer="ones"',
        'initializer="ones", trainable=False',
        {"weights", "gradients"},
    ),
    "no training mode": ("if training:", "if False:", {"training"}),
    "always training": ("if training:", "if True:", {"forward", "gradients", "config", "saving"}),
    "momentum the other way round": (
        "self.momentum * self.mean + (1 - self.momentum) * mean",
        "self.momentum * mean + (1 - self.momentum) * self.mean",
        {"training"},
    ),
    "a memory that changes when it does not learn": (
        "        return self.factor * self.scale",
        "        self.mean.assign(0.5 * self.mean)\n        return self.factor * self.scale",
        set(ALL) - {"weights"},
    ),
    "a part of the config forgotten": ('{"momentum": self.momentum, "f', '{"f', {"config"}),
    "a gradient that is cut": (
        "self.factor * self.scale",
        "self.factor * ops.stop_gradient(self.scale + 0)",
        {"gradients"},
    ),
    "a constructor's argument ignored": (
        "self.factor = factor",
        "self.factor = 1",
        set(ALL) - {"weights"},
    ),
}


@ONE_BACKEND
@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_costs_what_it_spoils(judged, lost, mistake):
    old, new, parts = MISTAKES[mistake]
    assert old in RIGHT
    verdict = judged(CHECK, RIGHT.replace(old, new), b"secret")
    assert lost(verdict) == parts
    assert verdict.kind is not VerdictKind.PASSED


@ONE_BACKEND
def test_a_missing_weight_is_named(judged, lost):
    source = RIGHT.replace("self.scale", "self.gain").replace('name="scale"', 'name="gain"')
    verdict = judged(CHECK, source)
    assert lost(verdict) == set(ALL)
    assert "has no weight 'scale': self.scale = self.add_weight(name='scale', …)" in verdict.message


@ONE_BACKEND
def test_shapes_are_told_with_both_values(judged):
    source = RIGHT.replace("channels = shape[-1:]", "channels = (7,)")
    assert "made scale of shape (7,), expected (3,)" in judged(CHECK, source).message


@ONE_BACKEND
@pytest.mark.parametrize(
    ("source", "kind", "said"),
    [
        ("", VerdictKind.NOT_ATTEMPTED, "Centre is not defined"),
        ("def Centre(x): pass", VerdictKind.ERROR, "expected a subclass of keras.layers.Layer"),
        ("class Centre: pass", VerdictKind.ERROR, "a class that is no keras.layers.Layer"),
        (
            RIGHT.replace("super().__init__(**kwargs)\n", "raise NotImplementedError()\n"),
            VerdictKind.NOT_ATTEMPTED,
            "Centre is not written yet",
        ),
    ],
)
def test_what_is_no_layer_is_told_once(judged, source, kind, said):
    verdict = judged(CHECK, source)
    assert (verdict.kind, verdict.score) == (kind, 0)
    assert said in verdict.message
    assert "\n" not in verdict.message


@ONE_BACKEND
def test_hidden_cases_tell_neither_numbers_nor_names(judged):
    verdict = judged(replace(CHECK, public=0), RIGHT.replace("** 2", "** 3"), b"secret")
    for line in verdict.message.splitlines()[1:]:
        assert re.fullmatch(
            r"\w+ \(\d+\): a hidden case: (first of 3 values: )?wrong values.*", line
        )


def test_gradients_need_a_case_of_real_numbers():
    exact_only = Check(
        "scale",
        {"gradients": 1},
        lambda x, scale: scale * x,
        draw=lambda d: {"x": d.array(2, 3), "scale": d.array(3)},
        kind="layer",
        weights=("scale",),
    )
    with pytest.raises(QuestionError, match="no case tests the part 'gradients'"):
        ask(exact_only, "06")


def test_a_training_mode_needs_a_tolerance():
    with pytest.raises(QuestionError, match="a layer that has a training mode needs rtol"):
        ask(replace(CHECK, rtol=0.0, draw=draw), "06")


def test_the_judges_gradients_are_those_of_calculus():
    question = ask(CHECK, "06")
    trial = next(trial for trial in question.trials if trial.asks("gradients"))
    inputs, expected = trial.case.inputs, trial.expected
    x, scale, mean = (inputs[name].astype(float) for name in ("x", "scale", "mean"))
    inner = 2 * inputs["factor"] * scale * (x - mean) * expected["gradients"].value
    np.testing.assert_allclose(expected["gradients:x"].value, inner, rtol=1e-6, atol=1e-6)


PRETENDED = """
made, models = [], []

class Pretender(Centre):
    def get_config(self):
        made.append(self)
        return {}

    @classmethod
    def from_config(cls, config):
        return Centre(made[-1].momentum, made[-1].factor)

Centre, Pretender = Pretender, Centre

def save(model, path):
    models.append(model)
    open(path, "wb").close()

keras.Model.save = save
keras.saving.load_model = lambda *_, **__: models[-1]
"""


@ONE_BACKEND
def test_who_only_pretends_hands_over_nothing(judged, lost):
    verdict = judged(CHECK, RIGHT + PRETENDED.replace("Centre(made", "Pretender(made"), b"secret")
    assert lost(verdict) == {"config", "saving"}


@ONE_BACKEND
def test_cells_run_again_as_far_as_a_layer_needs_them(judged, monkeypatch):
    asked, ask_child = [], Child.ask

    def ask(child, request, *given):
        asked.append(request)
        return ask_child(child, request, *given)

    monkeypatch.setattr(Child, "ask", ask)
    assert judged(CHECK, RIGHT, b"secret", ["long = 1"]).passed
    assert [one["source"] for one in asked if one["do"] == "cell"] == [RIGHT, "long = 1", RIGHT]
    below = "def squared(x):\n    return x ** 2"
    source = RIGHT.replace("(x - mean) ** 2", "squared(x - mean)")
    asked.clear()
    assert judged(CHECK, source, b"secret", [below]).passed
    assert [one["source"] for one in asked if one["do"] == "cell"] == [source, below] * 2


@ONE_BACKEND
def test_what_cannot_be_written_down_is_told_with_what_could(judged):
    source = RIGHT.replace('"factor": self.factor}', '"factor": self.factor, "by": [0] * 200_000}')
    message = judged(CHECK, source).message
    assert "with training=True: raised TypeError: get_config() cannot be written down" in message
    assert "it has more than 100000 items; return a dict of numbers, text, lists and" in message


@ONE_BACKEND
def test_a_file_has_a_bound(judged):
    large = "self.add_weight(name='large', shape=(9 << 20,), trainable=False)"
    source = RIGHT.replace("channels = shape[-1:]", f"channels = shape[-1:]; {large}")
    message = judged(CHECK, source).message
    assert "loaded again with training=False: wrote a file of more than 32 MiB" in message
    message = judged(replace(CHECK, limits={"file_bytes": 64 << 20}), source).message
    assert "loaded again with training=False: raised ValueError: the file has 37" in message
