"""Every notebook of the sample class gets the verdicts that its name promises."""

import json
import tomllib
from pathlib import Path

import make_class
import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parent.parent
CLASS = ROOT / "examples" / "class"
WANTED = tomllib.loads((ROOT / "examples" / "wanted.toml").read_text())


def outcome(verdict):
    """The verdict; where some parts are right and others not, the names of the others."""
    if verdict["verdict"] != "partial":
        return verdict["verdict"]
    return [part["part"] for part in verdict["parts"] if not part["score"]]


def verdicts(graded):
    return {
        result["student"]: {v["check"]: outcome(v) for v in result["verdicts"]} for result in graded
    }


def wanted(said, checks):
    if isinstance(said, str):
        return dict.fromkeys(checks, said)
    return dict.fromkeys(checks, "passed") | said


@pytest.fixture(scope="session")
def graded(isolation, tmp_path_factory, grade):
    """The results of each assignment, by its name."""
    results = {}
    for name in WANTED:
        out = tmp_path_factory.mktemp("class")
        options = ("--submissions", CLASS, "--out", out, "--isolation", isolation)
        run = grade(*options, assignment=name)
        assert run.returncode == 0, run.stdout + run.stderr
        assert f"isolation: {isolation}" in run.stdout
        assert "submissions/s" in run.stdout
        results[name] = json.loads(run.json.read_text())
    return results


@pytest.mark.parametrize("name", WANTED)
def test_every_notebook_gets_the_verdicts_it_should(name, graded):
    got = verdicts(graded[name])
    checks = list(got["empty"])
    assert got == {student: wanted(said, checks) for student, said in WANTED[name].items()}


@pytest.mark.parametrize("name", WANTED)
def test_points_follow_the_verdicts(name, graded):
    for result in graded[name]:
        for verdict in result["verdicts"]:
            parts = verdict["parts"] or [verdict]
            passed = [part["max_score"] for part in parts if part["verdict"] == "passed"]
            assert verdict["score"] == sum(passed)
        assert result["score"] == sum(v["score"] for v in result["verdicts"])
        assert result["max_score"] == 100


def test_repairs_are_told(graded):
    repaired = {result["student"] for result in graded["01_convolution"] if result["repairs"]}
    assert {"deleted_cell", "duplicated_cell", "renamed_cell", "forged_score"} <= repaired
    assert not repaired & {"right_with_loops", "kernel_flipped", "empty"}


@pytest.mark.parametrize("name", WANTED)
def test_every_wrong_verdict_has_a_message(name, graded):
    for result in graded[name]:
        for verdict in result["verdicts"]:
            with_a_stand_in = verdict["message"].startswith("judged with a right ")
            assert verdict["message"] or verdict["verdict"] == "passed"
            assert verdict["verdict"] != "passed" or not verdict["message"] or with_a_stand_in


def test_no_solution_is_read(graded):
    messages = {
        r["student"]: {v["check"]: v["message"] for v in r["verdicts"]}
        for r in graded["01_convolution"]
    }
    assert "cnncourse is not available" in messages["reads_the_solutions"]["conv2d"]


def test_the_class_is_what_its_maker_makes():
    made = make_class.made()
    kept = {path.parts[-3:-1]: path.read_text() for path in CLASS.glob("*/*/*.ipynb")}
    assert kept == {place: text + "\n" for place, text in made.items()}
    assert set(made) == {(student, name) for name, said in WANTED.items() for student in said}
    assert all(len(said) >= 16 for said in WANTED.values())
