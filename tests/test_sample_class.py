"""Every notebook of the sample class gets the verdicts that its name promises."""

import json
import tomllib
from pathlib import Path

import make_class
import nbformat
import pytest

ROOT = Path(__file__).parent.parent
WANTED = tomllib.loads((ROOT / "examples" / "wanted.toml").read_text())


def verdicts(graded):
    return {
        result["student"]: {v["check"]: v["verdict"] for v in result["verdicts"]}
        for result in graded
    }


def wanted(student, checks):
    said = WANTED[student]
    if isinstance(said, str):
        return dict.fromkeys(checks, said)
    return dict.fromkeys(checks, "passed") | said


@pytest.fixture(scope="session")
def graded(isolation, tmp_path_factory, grade):
    out = tmp_path_factory.mktemp("class")
    run = grade(
        "--submissions", ROOT / "examples" / "class", "--out", out, "--isolation", isolation
    )
    assert run.returncode == 0, run.stdout + run.stderr
    assert f"isolation: {isolation}" in run.stdout
    assert "submissions/s" in run.stdout
    return json.loads(run.json.read_text())


def test_every_notebook_gets_the_verdicts_it_should(graded):
    got = verdicts(graded)
    checks = list(got["right_with_loops"])
    assert got == {student: wanted(student, checks) for student in WANTED}


def test_points_follow_the_verdicts(graded):
    for result in graded:
        for verdict in result["verdicts"]:
            earned = verdict["max_score"] if verdict["verdict"] == "passed" else 0
            assert verdict["score"] == earned
        assert result["score"] == sum(v["score"] for v in result["verdicts"])
        assert result["max_score"] == 100


def test_repairs_are_told(graded):
    repaired = {result["student"] for result in graded if result["repairs"]}
    assert {"deleted_cell", "duplicated_cell", "renamed_cell", "forged_score"} <= repaired
    assert not repaired & {"right_with_loops", "kernel_flipped", "empty"}


def test_every_wrong_verdict_has_a_message(graded):
    for result in graded:
        for verdict in result["verdicts"]:
            assert (verdict["verdict"] == "passed") == (not verdict["message"])


def test_no_solution_is_read(graded):
    messages = {r["student"]: {v["check"]: v["message"] for v in r["verdicts"]} for r in graded}
    assert "cnncourse is not available" in messages["reads_the_solutions"]["conv2d"]


def test_the_class_is_what_its_maker_makes():
    release = nbformat.read(make_class.RELEASE, as_version=4)
    made = make_class.students(release)
    folder = ROOT / "examples" / "class"
    kept = {path.parent.parent.name: path.read_text() for path in folder.glob("*/*/*.ipynb")}
    assert kept == {student: text + "\n" for student, text in made.items()}
    assert set(made) == set(WANTED)
    assert len(made) >= 16
