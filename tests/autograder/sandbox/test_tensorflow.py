"""TensorFlow is imported before the fork and started after it, in each child."""

import numpy as np
import pytest

from autograder.checks import Limits
from autograder.sandbox import Isolation, start

pytestmark = pytest.mark.slow

CELL = """
import keras, numpy as np, tensorflow as tf
def convolve(x, kernel):
    return tf.nn.conv2d(x, kernel, 1, "VALID")
def train(x):
    model = keras.Sequential([keras.layers.Conv2D(2, 3), keras.layers.Flatten(),
                              keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    model.fit(x, np.ones((len(x), 1)), verbose=0)
    return model.get_weights()
def half(x):
    return tf.cast(x, tf.bfloat16)
"""


@pytest.mark.parametrize("isolation", list(Isolation))
def test_tensorflow_runs_in_children(isolation, full, say):  # noqa: ARG001
    cell, call = say
    x = np.arange(32, dtype=np.float32).reshape(2, 4, 4, 1)
    kernel = np.ones((3, 3, 1, 1), np.float32)
    windows = np.lib.stride_tricks.sliding_window_view(x, (3, 3), (1, 2)).sum((-1, -2))
    trained = []
    with start(["numpy", "tensorflow", "keras"], isolation) as parent:
        assert parent.backend == "tensorflow"
        for _ in range(2):
            with parent.child(Limits()) as child:
                assert cell(child, CELL)["error"] is None
                answer = call(child, "convolve", x, kernel)
                assert (answer["type"], answer["outcome"]) == ("EagerTensor", "returned")
                assert (answer["value"] == windows).all()
                assert call(child, "half", x)["value"].dtype == np.float32
                trained.append(call(child, "train", x, seconds=20)["value"])
    for one, other in zip(*trained, strict=True):
        assert (one == other).all()
