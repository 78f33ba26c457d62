"""The benchmarks run, agree with stock nbgrader, and write what they promise. Never timed."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from benchmarks.copies import hand_in

ROOT = Path(__file__).parents[2]
PHASES = {"fork", "cells", "calls", "compare", "record"}


def run(script, file, *options):
    command = [sys.executable, f"benchmarks/{script}", "--json", str(file), *options]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return json.loads(file.read_text())


@pytest.mark.slow
def test_throughput_is_measured_and_the_public_scores_agree(tmp_path):
    isolation = "full" if shutil.which("bwrap") else "trusted"
    options = ("--submissions", "4", "--sample", "4", "--rounds", "1", "--isolation", isolation)
    figures = run("throughput.py", tmp_path / "figures.json", *options)
    assert figures["submissions"] == 4
    assert figures["agree"] is True
    assert figures["split"].keys() == PHASES
    assert all(type(seconds) is float and seconds > 0 for seconds in figures["split"].values())
    for name in (
        "startup_seconds",
        "nbgrader_seconds_per_submission",
        "autograder_seconds_per_submission",
        "steady_ratio",
        "ratio",
        "wall_ratio",
        "private_mib_per_child",
    ):
        assert type(figures[name]) is float
        assert figures[name] > 0


@pytest.mark.slow
def test_a_check_in_a_notebook_is_measured(tmp_path):
    figures = run("notebook_check.py", tmp_path / "figures.json", "--times", "2")
    assert figures.keys() == {
        "first_check_seconds",
        "check_seconds",
        "import_seconds",
        "load_seconds",
    }
    assert all(type(seconds) is float for seconds in figures.values())


def test_no_two_copies_are_equal_and_some_are_wrong(tmp_path):
    assignment = ROOT / "course" / "01_convolution"
    solution = ROOT / "solutions" / "01_convolution" / "01_convolution.ipynb"
    shutil.copytree(assignment, tmp_path / assignment.name)
    wrong = tmp_path / assignment.name / "wrong"
    shutil.rmtree(wrong)
    wrong.mkdir()
    zero = "def conv2d(x, kernel, strides):\n    return 0\n"
    (wrong / "conv2d.py").write_text(f"# %% zero\n# It is not.\n{zero}")
    hand_in(tmp_path / assignment.name, solution, 12, tmp_path / "submitted")
    files = sorted(tmp_path.glob("submitted/*/01_convolution/01_convolution.ipynb"))
    assert len({file.read_bytes() for file in files}) == 12
    notebooks = [nbformat.read(file, as_version=4) for file in files]
    sources = ["\n".join(cell.source for cell in one.cells) for one in notebooks]
    assert [i for i, source in enumerate(sources, 1) if "return 0" in source] == [4, 8, 12]
    for one in notebooks:
        code = [cell.source for cell in one.cells if cell.cell_type == "code"]
        compile("\n".join(code), "notebook", "exec")
