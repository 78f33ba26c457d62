"""Seeding begins every random sequence anew, although TensorFlow's kernels are kept."""

import numpy as np
import pytest

from autograder.checks import Limits
from autograder.isolation import Isolation
from autograder.sandbox import start

pytestmark = pytest.mark.slow

SETUP = """
import random
import keras, numpy as np, tensorflow as tf

@tf.function
def traced(x):
    return x + tf.random.normal(x.shape)

zeros = np.zeros(8, "float32")
"""

SOURCES = {
    "python": "random.random()",
    "numpy": "np.random.rand(3)",
    "tensorflow": "tf.random.normal((3,))",
    "with a seed of its own": "tf.random.uniform((3,), seed=5)",
    "in a function": "traced(zeros)",
    "an older name": "tf.compat.v1.random_normal((3,))",
    "shuffled": "tf.random.shuffle(tf.range(20))",
    "a data set": "list(tf.data.Dataset.range(20).shuffle(20).as_numpy_iterator())",
    "a cropped image": "tf.image.random_crop(np.arange(400).reshape(20, 20), (2, 2))",
    "dropout": "tf.nn.dropout(np.ones(30, 'float32'), 0.5)",
    "keras": "keras.random.normal((3,))",
    "a new layer": "keras.layers.Dense(3)(np.ones((1, 3))) + 0",
    "a new dropout": "keras.layers.Dropout(0.5)(np.ones((3, 9)), training=True)",
}


@pytest.fixture(scope="module")
def parent():
    with start(["tensorflow"], Isolation.TRUSTED) as started:
        yield started


@pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)
def test_each_call_draws_the_same_numbers(parent, source):
    function = f"def draw():\n    return np.asarray({source}), np.asarray({source})"
    call = {"do": "call", "kind": "function", "name": "draw", "args": []}
    with parent.child(Limits()) as child:
        for cell in (SETUP, function):
            assert child.ask({"do": "cell", "source": cell}, 60)["error"] is None
        first, *others = (child.ask(call, 20)["value"] for _ in range(3))
    assert not (first[0] == first[1]).all()
    for other in others:
        assert (np.asarray(first) == other).all()
