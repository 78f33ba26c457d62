"""What frameworks answer lies within the bound, and so do their gradients."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from autograder import Case
from autograder.gradients import expect_gradients, upstream
from autograder.tolerance import expect
from tests.autograder.problems import (
    CHECKS,
    MAGNITUDES,
    MULTILINEAR,
    case,
    complaint,
    reals,
    unfolded,
)
from tests.conftest import backends

SCRIPT = Path(__file__).with_name("frameworks.py")
ONEDNN = {"0": "Eigen", "1": "oneDNN"}
RUNS = [
    pytest.param(name, switch, id=f"{name}, {ONEDNN[switch]}" if name == "tensorflow" else name)
    for name in backends()
    for switch in (ONEDNN if name == "tensorflow" else "1")
]


@cache
def asked_of_frameworks():
    """Convolutions over all magnitudes, with strides or dilation, not both; and their upstreams."""
    cases = [wide()]
    for seed in range(20):
        x = MAGNITUDES[seed % len(MAGNITUDES)]
        drawn = case("convolution of an image", seed, (x, (0, -x // 2, -x)[seed % 3]))
        name = ("strides", "dilation")[seed % 2]
        cases.append(Case(drawn.name, {**drawn.inputs, name: (1, 1)}, exact=False))
    return [(one, upstream(unfolded(one)[-1])) for one in cases]


def wide():
    """What faster algorithms than sums of products are made for, such as Winograd's."""
    random = np.random.default_rng(0)
    shapes = {"x": (14, 14, 16), "kernel": (3, 3, 16, 16), "bias": (16,)}
    inputs = {name: reals(random, 0, *shape) for name, shape in shapes.items()}
    inputs |= {"strides": (1, 1), "dilation": (1, 1)}
    return Case("convolution of an image", inputs, exact=False)


@cache
def wanted_of_frameworks():
    return [
        {
            "y": expect(CHECKS[one.name], one),
            **expect_gradients(CHECKS[one.name], one, MULTILINEAR, weighting),
        }
        for one, weighting in asked_of_frameworks()
    ]


@pytest.mark.slow
@pytest.mark.parametrize(("framework", "switch"), RUNS)
def test_what_frameworks_answer_passes_and_so_do_their_gradients(framework, switch, tmp_path):
    arrays = {
        f"{name}_{number}": value
        for number, (one, weighting) in enumerate(asked_of_frameworks())
        for name, value in {**one.inputs, "upstream": weighting}.items()
    }
    cases, answers = tmp_path / "cases.npz", tmp_path / "answers.npz"
    np.savez(cases, **arrays)
    done = subprocess.run(
        [sys.executable, str(SCRIPT), framework, str(cases), str(answers)],
        env=os.environ | {"TF_ENABLE_ONEDNN_OPTS": switch},
        capture_output=True,
        text=True,
        timeout=600,
    )
    assert done.returncode == 0, done.stderr
    found = np.load(answers)
    assert len(found.files) >= 2 * len(asked_of_frameworks())
    for key in found.files:
        name, number, _ = key.split("_")
        drawn, _ = asked_of_frameworks()[int(number)]
        assert complaint(found[key], wanted_of_frameworks()[int(number)][name], drawn) is None, key
