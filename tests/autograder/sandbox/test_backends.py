"""What Keras computes with is imported before the fork and started after it, in each child."""

import subprocess
from dataclasses import replace
from pathlib import Path

import numpy as np
import psutil
import pytest

from autograder.checks import Limits
from autograder.kinds.raised import raised
from autograder.results import Lost, VerdictKind
from autograder.sandbox import Isolation, start
from autograder.sandbox.command import BOOT, arguments, environment
from autograder.sandbox.tree import plan
from autograder.sandbox.trusted import lay_out

pytestmark = pytest.mark.slow

GRADIENTS = {
    "tensorflow": """
import tensorflow as tf
def gradient(x, kernel):
    kernel = tf.Variable(kernel)
    with tf.GradientTape() as tape:
        loss = keras.ops.sum(convolve(x, kernel) ** 2)
    return tape.gradient(loss, kernel).numpy()
def half(x):
    return tf.cast(x, tf.bfloat16)
""",
    "jax": """
import jax
def gradient(x, kernel):
    return np.asarray(jax.grad(lambda kernel: keras.ops.sum(convolve(x, kernel) ** 2))(kernel))
def half(x):
    return jax.numpy.asarray(x, "bfloat16")
""",
    "torch": """
import torch
def gradient(x, kernel):
    kernel = torch.tensor(kernel, requires_grad=True)
    keras.ops.sum(convolve(torch.tensor(x), kernel) ** 2).backward()
    return kernel.grad.numpy()
def half(x):
    return torch.tensor(x).bfloat16()
""",
}

CELL = """
import keras, numpy as np
def convolve(x, kernel):
    return keras.ops.conv(x, kernel, 1, "valid")
class Scale(keras.layers.Layer):
    def build(self, shape):
        self.scale = self.add_weight(shape=(shape[-1],), initializer="random_normal")
    def call(self, x):
        return x * self.scale
def forward(x):
    return Scale()(x)
def train(x):
    model = keras.Sequential([keras.Input(x.shape[1:]), keras.layers.Conv2D(2, 3),
                              keras.layers.Flatten(), keras.layers.Dense(1)])
    model.compile("adam", "mse")
    model.fit(x, np.ones((len(x), 1)), epochs=2, verbose=0)
    model.save("model.keras")
    other = keras.saving.load_model("model.keras")
    assert (other.predict(x, verbose=0) == model.predict(x, verbose=0)).all()
    return other.get_weights()
"""

HOG = "import keras\nones = keras.ops.ones((1 << 30,))\nfloat(ones[5])"
HOGS = "import keras\nkept = []\nwhile True: kept.append(keras.ops.ones((1 << 22,)) + len(kept))"
LOOP = "import keras\nx = keras.ops.ones((2000, 2000))\nwhile True: x = keras.ops.matmul(x, x)"
STARTED = {
    "tensorflow": ("import tensorflow as tf\ntf.zeros(3)", "TensorFlow's runtime"),
    "jax": ("import jax\njax.devices()", "JAX's runtime"),
    "torch": (
        "import threading\nthreading.Thread(target=threading.Event().wait, daemon=True).start()",
        "2 threads run after the imports",
    ),
}
WARM = """
import sys
sys.path.append(sys.argv[1])
from autograder.worker.warming import warm_up
warm_up(["keras", "hasty"])
"""

X = np.arange(32, dtype=np.float32).reshape(2, 4, 4, 1)
KERNEL = np.ones((3, 3, 1, 1), np.float32)
WINDOWS = np.lib.stride_tricks.sliding_window_view(X, (3, 3), (1, 2))
"""Of shape (2, 2, 2, 1, 3, 3)."""


@pytest.fixture(scope="module", params=list(Isolation))
def parent(request, backend, full):  # noqa: ARG001
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", backend)
        with start(["numpy", "keras"], request.param) as parent:
            yield parent


def answers(parent, say):
    """What one child makes of everything."""
    cell, call = say
    with parent.child(Limits()) as child:
        assert cell(child, CELL + GRADIENTS[parent.backend], 60)["error"] is None
        found = [
            call(child, "convolve", X, KERNEL, seconds=60),
            call(child, "gradient", X, KERNEL, seconds=60),
            call(child, "forward", X, seconds=60),
            *(call(child, "train", X, seconds=60)["value"]),
        ]
        assert call(child, "half", X, seconds=60)["value"].dtype == np.float32
    return [one["value"] if isinstance(one, dict) else one for one in found]


def test_children_compute_and_agree_to_the_last_bit(parent, backend, say):
    assert parent.backend == backend
    first, second = answers(parent, say), answers(parent, say)
    sums = WINDOWS.sum((-1, -2))
    assert (first[0] == sums).all()
    gradient = 2 * (WINDOWS * sums[..., None, None]).sum((0, 1, 2, 3))
    assert (first[1][:, :, 0, 0] == gradient).all()
    assert len(first) == len(second) == 7
    for one, other in zip(first, second, strict=True):
        assert one.tobytes() == other.tobytes()


@pytest.mark.parametrize("source", [HOG, HOGS, "import numpy\nnumpy.ones(1 << 30)"])
def test_too_much_memory_is_told_as_such(parent, say, source):
    cell, _ = say
    with parent.child(replace(Limits(), memory_bytes=1 << 30)) as child:
        try:
            kind, _ = raised(cell(child, source, 60)["error"])
        except Lost as lost:  # TensorFlow may fall over what it did not get
            kind = lost.kind
    assert kind is VerdictKind.OUT_OF_MEMORY


def test_a_computation_without_end_is_a_timeout(parent, say):
    cell, _ = say
    with parent.child(Limits()) as child, pytest.raises(Lost) as lost:
        cell(child, LOOP, 3)
    assert lost.value.kind is VerdictKind.TIMEOUT


def test_a_child_computes_with_one_thread(parent, say):
    """XLA has many that are named like the process, and wait for other things."""
    cell, _ = say
    source = "import keras\nx = keras.ops.ones((999, 999))\nfloat(keras.ops.sum(x @ x))"
    with parent.child(Limits()) as child:
        assert cell(child, source, 60)["error"] is None
        *_, submission = psutil.Process(parent._process.pid).children(recursive=True)
        tasks = Path(f"/proc/{submission.pid}/task")
        found = [path.read_text() for path in tasks.glob("*/comm")]
    workers = [name for name in found if not name.startswith("python")]
    assert len(workers) == len(set(workers))
    assert parent.backend != "torch" or len(found) == 1


def test_nothing_that_has_started_is_forked(backend, tmp_path, monkeypatch):
    source, reason = STARTED[backend]
    monkeypatch.setenv("KERAS_BACKEND", backend)
    tree = plan(["numpy", "keras"])
    lay_out(tree, tmp_path / "packages")
    (tmp_path / "packages" / "hasty.py").write_text(source)
    command = arguments(str(tmp_path / "packages"), 0)
    command[command.index(BOOT)] = WARM
    done = subprocess.run(
        command,
        env=environment(tree, str(tmp_path)),
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert reason in done.stderr.splitlines()[-1]
