"""How near right answers come to their bounds is measured as promised. Never timed."""

import json
import math
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder import Case, Check
from autograder.asking import ask
from autograder.tolerance import ARITHMETICS, Expected, bound
from benchmarks.fairness import Row, markdown, unfair
from benchmarks.margins import Recorder, error_over_bound

ROOT = Path(__file__).parents[2]
FLOAT32 = ARITHMETICS["float32"]
SUMS = Expected(np.array([4.0, -2, 0]), magnitude=np.array([4.0, 6, 0]), terms=np.full(3, 5.0))


@pytest.mark.slow
def test_every_right_answer_to_a_check_is_counted_on_both_types_and_numbers_of_threads(tmp_path):
    file = tmp_path / "figures.json"
    command = [sys.executable, "benchmarks/fairness.py", "01_convolution", "--check", "conv1d"]
    done = subprocess.run(
        [*command, "--json", str(file)], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (row,) = json.loads(file.read_text())
    assert (row["assignment"], row["check"]) == ("01_convolution", "conv1d")
    assert row["judged"] == "rounding"
    answers = 1 + len(list((ROOT / "course" / "01_convolution" / "right").glob("*.py")))
    assert row["answers"] == answers * 2 * 2
    assert row["cases"] >= 50
    assert 0 < row["largest"] < 1
    assert "conv1d" in done.stdout
    assert row["where"] in done.stdout


@pytest.mark.parametrize("share", [0, 0.25, 0.99])
def test_an_error_is_told_as_a_share_of_its_bound(share):
    moved = SUMS.value.copy()
    moved[1] += share * bound(SUMS, FLOAT32)[1]
    assert error_over_bound(moved, SUMS, FLOAT32) == pytest.approx(share, rel=1e-6)


@pytest.mark.parametrize(
    ("observed", "expected", "share"),
    [
        (np.array([12, 17]), Expected(np.array([12.0, 17])), 0),
        (np.array([[3.5]]), Expected(3.0, rtol=0.5), 1 / 3),
        ((np.array([1.0]), 10.2), Expected((np.array([1.0]), 10.0), rtol=0.1), 0.2),
        ("valid", Expected("valid"), 0),
        (np.zeros((0, 3)), Expected(np.zeros((0, 3)), rtol=0.1), 0),
    ],
)
def test_every_kind_of_answer_has_its_share(observed, expected, share):
    assert error_over_bound(observed, expected, FLOAT32) == pytest.approx(share)


def test_a_refused_answer_is_infinitely_far_away(capsys):
    case = Case("one", {"x": np.float32([1, 2])})
    question = ask(Check("double", 1, lambda x: 2 * x, examples=(case,)), "01")
    recorder = Recorder()
    recorder.judge(question, question.trials[0], {"double": lambda x: x + x}, "float32")
    assert recorder.errors == [0]
    recorder.judge(question, question.trials[0], {"double": lambda x: x * x}, "float32")
    assert recorder.errors == [0, math.inf]
    assert "expected 2" in capsys.readouterr().err


def test_inputs_in_float64_are_what_the_answer_gets():
    case = Case("one", {"x": np.float32([1, 2])})
    question = ask(Check("double", 1, lambda x: 2 * x, examples=(case,)), "01")
    seen = []
    answer = {"double": lambda x: seen.append(x.dtype.name) or 2 * x}
    for dtype in ("float32", "float64"):
        Recorder().judge(question, question.trials[0], answer, dtype)
    assert seen == ["float32", "float64"]


ROW = Row("01", "conv1d", "rounding", 16, 61, 0.2, "loops, numpy, float32, 1 thread", None)


@pytest.mark.parametrize(
    ("change", "refused"),
    [
        ({}, False),
        ({"largest": 1.0}, True),
        ({"largest": math.inf}, True),
        ({"accuracy": 0.01}, False),
        ({"accuracy": -0.01}, True),
    ],
)
def test_what_comes_too_near_its_bound_is_unfair(change, refused):
    assert unfair(replace(ROW, **change)) == refused


def test_the_table_has_a_line_for_each_check():
    lines = markdown([ROW, replace(ROW, check="train", largest=0.0, accuracy=0.051)]).splitlines()
    assert len(lines) == 4
    assert "| 01 conv1d | rounding | 16 × 61 | 0.2 |" in lines[2]
    assert "+0.051" in lines[3]
