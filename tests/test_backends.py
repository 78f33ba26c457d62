"""The assignments that compute with Keras earn all points on each backend, graded and checked."""

import json
import shutil
import subprocess
import sys

import pytest

from autograder.course import open_course
from tests.conftest import ROOT, isolations

KERAS = [a for a in open_course(ROOT).assignments.values() if "keras" in a.packages]

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def chosen(backend, monkeypatch):
    monkeypatch.setenv("KERAS_BACKEND", backend)


@pytest.mark.parametrize("assignment", KERAS, ids=lambda assignment: assignment.name)
def test_answers_earn_all_points_behind_the_wall(grade, tmp_path, backend, assignment):
    shutil.copy(assignment.solution, tmp_path / "ada.ipynb")
    wall = isolations()[0]
    arguments = ("--submissions", tmp_path, "--out", tmp_path / "out", "--isolation", wall)
    done = grade(*arguments, assignment=assignment.name)
    assert done.returncode == 0, done.stdout + done.stderr
    (result,) = json.loads(done.json.read_text())
    messages = [verdict["message"] for verdict in result["verdicts"]]
    assert (result["score"], result["backend"]) == (100, backend), messages


@pytest.mark.parametrize("assignment", KERAS, ids=lambda assignment: assignment.name)
def test_answers_earn_all_points_in_a_terminal(assignment):
    command = [sys.executable, "-m", "autograder", "check", str(assignment.solution)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert "100 of 100 points" in done.stdout, done.stdout + done.stderr
    assert done.stderr == ""
