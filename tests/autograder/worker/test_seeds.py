"""Every call draws the same random numbers, from whatever generator, until it is asked again."""

import subprocess
import sys

import pytest

from autograder.checks import Limits
from autograder.sandbox import Isolation, start

DRAW = """
import random, numpy as np
def f():
    return [random.random(), np.random.rand(), *more()]
"""
KERAS = """
def more():
    import keras
    layer = keras.layers.Dense(2)
    layer.build((1, 2))
    drop = keras.layers.Dropout(0.5)(np.ones((1, 64)), training=True)
    numbers = keras.random.normal((2,)), layer.kernel, drop
    return [keras.ops.convert_to_numpy(n) for n in numbers]
"""
TENSORFLOW = "import tensorflow as tf\ndef more(): return [tf.random.uniform((2,))]"
TORCH = "import torch\ndef more(): return [torch.rand(2)]"
ALONE = """
import sys
from autograder.worker import seeds
seeds.sow()
assert not {"keras", "tensorflow", "torch", "jax"} & sys.modules.keys()
"""


def draws(parent, source):
    """What a new child draws: twice, asked again, and once more."""
    calls = [{}, {}, {"again": True}, {}]
    with parent.child(Limits()) as child:
        assert child.ask({"do": "cell", "source": DRAW + source}, 20)["error"] is None
        request = {"do": "call", "kind": "function", "name": "f", "args": []}
        return [list(map(flat, child.ask(request | more, 20)["value"])) for more in calls]


def flat(numbers):
    return numbers if isinstance(numbers, float) else numbers.ravel().tolist()


def check(parent, source):
    one, other = draws(parent, source), draws(parent, source)
    assert one == other
    first, second, again, last = one
    assert first == second == last
    assert all(a != b for a, b in zip(first, again, strict=True))


def test_python_and_numpy_draw_the_same_until_asked_again(parent):
    check(parent, "def more(): return []")


@pytest.mark.slow
@pytest.mark.parametrize("backend", ["tensorflow", "jax", "torch"])
def test_keras_does_on_each_backend(backend, monkeypatch):
    pytest.importorskip(backend)
    monkeypatch.setenv("KERAS_BACKEND", backend)
    with start(["numpy", "keras"], Isolation.TRUSTED) as parent:
        assert parent.backend == backend
        check(parent, KERAS)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("package", "sources"), [("tensorflow", [TENSORFLOW, KERAS]), ("torch", [TORCH])]
)
def test_a_framework_does_without_keras_and_keras_once_it_is_imported(package, sources):
    pytest.importorskip(package)
    with start(["numpy", package], Isolation.TRUSTED) as parent:
        for source in sources:
            check(parent, source)


def test_nothing_is_imported_for_it():
    subprocess.run([sys.executable, "-c", ALONE], check=True)


@pytest.mark.parametrize("module", ["keras", "torch", "tensorflow"])
def test_a_module_that_is_no_framework_does_no_harm(parent, module):
    check(parent, f"import sys, types\nsys.modules['{module}'] = types\ndef more(): return []")
