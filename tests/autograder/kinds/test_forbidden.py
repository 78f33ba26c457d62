"""What may not be called in an exercise with Keras, on every backend."""

import numpy as np
import pytest

from autograder.checks import Case, Check
from autograder.results import VerdictKind

X = np.arange(2 * 3 * 3 * 1, dtype=np.float32).reshape(2, 3, 3, 1)


def pointwise(x, kernel):
    return x @ kernel[0, 0]


KERNEL = np.float32([[[[1, -2]]]])
POINTWISE = Check(
    "Pointwise",
    {"weights": 4, "forward": 6},
    pointwise,
    [Case("one", {"x": X, "kernel": KERNEL})],
    multilinear=["x", "kernel"],
    kind="layer",
    weights=["kernel"],
    forbidden=["keras.layers.Conv2D", "keras.ops.conv", "tensorflow", "jax.lax", "torch.nn"],
)
BUILT = Check(
    "built",
    {"outputs": 10},
    lambda x, weights: x @ weights[0][0, 0],
    [Case("one", {"x": X, "weights": [KERNEL]})],
    rtol=1e-5,
    kind="model",
    forbidden=["keras.layers.Conv2D", "keras.Sequential"],
)

LAYER = """
import keras
from keras import layers, ops
from keras.layers import Conv2D as C
class Own(C):
    pass
class Pointwise(keras.layers.Layer):
    def build(self, shape):
        self.kernel = self.add_weight(name="kernel", shape=(1, 1, shape[-1], 2))
        BUILD
    def call(self, x):
        return CALL
"""

RIGHT = "ops.matmul(x, self.kernel[0, 0])"
LAYERS = {
    "a function": ("pass", "ops.conv(x, self.kernel)", "keras.ops.conv", "return ops.conv("),
    "a layer inside": (
        "self.inner = C(2, 1)",
        RIGHT,
        "keras.layers.Conv2D",
        "self.inner = C(2, 1)",
    ),
    "one's own kind of it": ("self.inner = Own(2, 1)", RIGHT, "keras.layers.Conv2D", "Own(2, 1)"),
    "none": ("keras.layers.Dense(2), keras.layers.Conv1D(2, 1)", RIGHT, "", ""),
    "operators and attributes": (
        "assert self.kernel.shape[0] == 1 and self.kernel.trainable",
        "(x * 2.0 + x)[:, :, :x.shape[2]] / 3.0 @ ops.convert_to_tensor(self.kernel)[0, 0]",
        "",
        "",
    ),
    "a mention": ("self.convolution, self.kind = ops.conv, C", RIGHT, "", ""),
}


@pytest.mark.parametrize(("build", "call", "name", "line"), LAYERS.values(), ids=LAYERS)
def test_a_layer_may_not_call_it_anywhere(judged, build, call, name, line):
    verdict = judged(POINTWISE, LAYER.replace("BUILD", build).replace("CALL", call))
    if not name:
        assert verdict.passed, verdict.message
        return
    assert (verdict.kind, verdict.score) == (VerdictKind.FORBIDDEN, 0)
    assert verdict.message.startswith(f"Pointwise calls {name}, in the line: ")
    assert line in verdict.message
    assert verdict.message.endswith("; write it yourself")


def test_a_subclass_of_it_is_no_layer_of_ones_own(judged):
    source = (
        "import keras\nclass Pointwise(keras.layers.Conv2D):\n"
        "    def __init__(self, **kwargs):\n"
        "        super().__init__(2, 1, use_bias=False, **kwargs)"
    )
    verdict = judged(POINTWISE, source)
    assert verdict.kind is VerdictKind.FORBIDDEN
    assert "in the line: super().__init__(2, 1" in verdict.message


MODELS = {
    "a model of layers": (
        "x = keras.Input((3, 3, 1))\n"
        "    return keras.Model(x, keras.layers.Dense(2, use_bias=False)(x))",
        VerdictKind.PASSED,
    ),
    "a layer": (
        "x = keras.Input((3, 3, 1))\n    return keras.Model(x, keras.layers.Conv2D(2, 1)(x))",
        VerdictKind.FORBIDDEN,
    ),
    "a layer that was made before": (
        "x = keras.Input((3, 3, 1))\n    return keras.Model(x, made(x))",
        VerdictKind.FORBIDDEN,
    ),
    "a model": ("return keras.Sequential([keras.Input((3, 3, 1))])", VerdictKind.FORBIDDEN),
}


@pytest.mark.parametrize(("body", "kind"), MODELS.values(), ids=MODELS)
def test_a_model_may_not_be_made_of_it(judged, body, kind):
    source = f"import keras\nmade = keras.layers.Conv2D(2, 1)\ndef built():\n    {body}"
    check = BUILT
    if kind is VerdictKind.PASSED:
        check = Check(
            **{**vars(BUILT), "examples": [DENSE], "reference": lambda x, weights: x @ weights[0]}
        )
    assert judged(check, source).kind is kind


DENSE = Case("one", {"x": X, "weights": [KERNEL[0, 0]]})
