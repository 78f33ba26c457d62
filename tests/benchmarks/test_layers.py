"""What our layers are timed against computes the same. Never timed."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest

from benchmarks.nearest import NEAREST, pair
from cnncourse import layers

ROOT = Path(__file__).parents[2]
SINGLE = [name for name in layers.__all__ if not hasattr(getattr(layers, name), "compose")]


@pytest.mark.parametrize("name", NEAREST)
def test_both_of_a_pair_give_the_same_numbers(name):
    x = np.random.default_rng(0).standard_normal(NEAREST[name].input_shape).astype("float32")
    mine, other = (keras.ops.convert_to_numpy(model(x)) for model in pair(NEAREST[name]))
    np.testing.assert_allclose(mine, other, rtol=0, atol=1e-5 * np.max(np.abs(other)))


def test_every_layer_that_is_no_block_has_a_neighbour():
    assert {name.partition(",")[0] for name in NEAREST} == set(SINGLE)


def test_a_layer_without_neighbour_is_refused():
    command = [sys.executable, "benchmarks/layers.py", "Dense", "--backend", "tensorflow"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=300)
    assert done.returncode == 2
    message = " ".join(done.stderr.replace("│", " ").split())  # out of its frame
    assert "layer is 'Dense'; it must be one of APL, Cen" in message


@pytest.mark.slow
def test_the_command_tells_of_each_way_to_call(tmp_path):
    file = tmp_path / "figures.json"
    command = [sys.executable, "benchmarks/layers.py", "ChannelShuffle", "--backend", "tensorflow"]
    options = ["--rounds", "1", "--seconds", "0", "--json", str(file)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    rows = json.loads(file.read_text())["rows"]
    ways = {(row["mode"], row["backward"]) for row in rows}
    assert ways == {(mode, back) for mode in ("eager", "compiled") for back in (False, True)}
    assert all(row["ratio"] > 0 for row in rows)
    assert "ChannelShuffle" in done.stdout
