"""nbgrader's own commands and formgrader on what we wrote, without the environment's PATH."""

import copy
import csv
import subprocess
import sys

import pytest
from nbformat.v4 import new_markdown_cell
from nbgrader import api

from autograder.nbgrader import Gradebook, write_autograded, write_config
from tests.autograder.nbgrader.serving import server, xsrf
from tests.pages import Page

ASSIGNMENT = "01_sums"
ATTACK = (
    "<script>alert('student')</script><img src=x onerror=alert(1)>[x](javascript:alert(1))"
    "![x](attachment:none.png)\n\n<!-- <iframe src='https://example.org'>\n\n[y]: data:text/html,x"
)
SEEN = {"outcome": "raised", "stdout": ATTACK, "result": ATTACK, "images": [ATTACK]}
ERROR = {"type": ATTACK, "message": ATTACK, "traceback": ATTACK, "line": "", "line_number": 1}


@pytest.fixture
def environment(tmp_path):
    """As on a machine where nothing is activated and Jupyter has no settings."""
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "HOME")
    return {"PATH": "/usr/bin:/bin"} | {name: str(tmp_path / name) for name in folders}


@pytest.fixture
def out(tmp_path, release, result_of, monkeypatch):
    """What a run writes for a student like others and for one who attacks the page."""
    monkeypatch.setenv("PATH", "/usr/bin:/bin")
    folder, course = tmp_path / "out", tmp_path / "course"
    (course / "solutions" / ASSIGNMENT).mkdir(parents=True)
    hostile = copy.deepcopy(release)
    hostile.cells[1].source = hostile.cells[5].source = ATTACK
    hostile.cells.append(new_markdown_cell(ATTACK))
    alice = result_of("alice", "wrong", add=0, scale=20)
    mallory = result_of("mallory", ATTACK, add=0, scale=0)
    with Gradebook.open(folder / "gradebook.db", ASSIGNMENT, release) as gradebook:
        gradebook.record(alice)
        gradebook.record(mallory)
    write_autograded(folder, release, alice, release, {})
    write_autograded(folder, release, mallory, hostile, {1: {**SEEN, "error": ERROR}})
    write_config(folder, course)
    return folder


@pytest.fixture
def nbgrader(out, environment):
    """Runs one of nbgrader's commands in a folder, by default the one that was written."""

    def nbgrader(*arguments, cwd=out):
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stderr

    return nbgrader


def test_export_tells_the_scores(nbgrader, out, tmp_path):
    nbgrader("export")
    nbgrader("export", f"--CourseDirectory.root={out}", f"--to={tmp_path}/b.csv", cwd=tmp_path)
    with (out / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {name: row["score"] for name, row in rows.items()} == {"alice": "20.0", "mallory": "0.0"}
    assert {row["max_score"] for row in rows.values()} == {"35.0"}
    assert (tmp_path / "b.csv").read_text() == (out / "grades.csv").read_text()


def test_no_name_that_is_exported_is_a_formula(nbgrader, out):
    formula = '=HYPERLINK("https://example.org/"&A2, "x")'
    with api.Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        book.add_student("=cmd|' /C calc'!A0", first_name=formula, last_name=" +1", email="@SUM(1)")
        book.update_or_create_student("alice", last_name='Li, "Al"\nLi', first_name="Ä")
    nbgrader("export", "--student", "['alice', \"=cmd|' /C calc'!A0\"]")
    with (out / "grades.csv").open(encoding="utf-8", newline="") as file:
        harmful, alice = sorted(csv.DictReader(file), key=lambda row: row["student_id"])
    assert list(harmful) == list(alice)
    names = ("student_id", "first_name", "last_name", "email", "score")
    assert [harmful[name] for name in names] == [
        *("'=cmd|' /C calc'!A0", f"'{formula}", "' +1", "'@SUM(1)", "0.0")
    ]
    assert [alice[name] for name in names] == ["alice", "Ä", 'Li, "Al"\nLi', "", "20.0"]


def test_feedback_shows_scores_and_nothing_of_a_student_acts(nbgrader, out):
    nbgrader("generate_feedback", ASSIGNMENT)
    pages = {
        name: (out / "feedback" / name / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
        for name in ("alice", "mallory")
    }
    assert "(Score: 20.0 / 35.0)" in pages["alice"]
    assert "add: failed, 0 of 10 points\nwrong" in pages["alice"]
    assert "&lt;script&gt;alert('student')" in pages["mallory"]
    assert Page(pages["mallory"]).active == Page(pages["alice"]).active


def test_feedback_follows_a_new_grading(nbgrader, out, release, result_of):
    nbgrader("generate_feedback", ASSIGNMENT)
    better = result_of("alice", add=10, scale=20)
    with Gradebook.open(out / "gradebook.db", ASSIGNMENT, release) as gradebook:
        gradebook.record(better)
    write_autograded(out, release, better, release, {})
    nbgrader("generate_feedback", ASSIGNMENT)
    page = (out / "feedback/alice" / ASSIGNMENT / f"{ASSIGNMENT}.html").read_text()
    assert "(Score: 30.0 / 35.0)" in page


@pytest.mark.slow
def test_formgrader_shows_scores_and_keeps_what_people_enter(out, environment, release, result_of):
    with server(out, environment) as client:
        api = "formgrader/api"
        (assignment,) = client.get(f"{api}/assignments").json()
        assert (assignment["name"], assignment["max_score"]) == (ASSIGNMENT, 35)
        listed = client.get(f"{api}/submitted_notebooks/{ASSIGNMENT}/{ASSIGNMENT}").json()
        submissions = {one["student"]: one for one in listed}
        assert {name: one["score"] for name, one in submissions.items()} == {
            "alice": 20,
            "mallory": 0,
        }
        pages = {name: _page(client, one["id"]) for name, one in submissions.items()}
        assert Page(pages["mallory"]).active == Page(pages["alice"]).active
        assert "add: failed, 0 of 10 points" in pages["alice"]

        query = {"submission_id": submissions["alice"]["id"]}
        grades = {one["name"]: one for one in client.get(f"{api}/grades", params=query).json()}
        comments = {one["name"]: one for one in client.get(f"{api}/comments", params=query).json()}
        assert grades["add"]["auto_score"] == 0
        assert "wrong" in comments["add_answer"]["auto_comment"]
        by_hand = {"manual_score": 7, "extra_credit": 1}
        _put(client, f"{api}/grade/{grades['add']['id']}", by_hand)
        _put(client, f"{api}/comment/{comments['add_answer']['id']}", {"manual_comment": "nearly"})

        with Gradebook.open(out / "gradebook.db", ASSIGNMENT, release) as gradebook:
            gradebook.record(result_of("alice", "wrong", add=0, scale=0))
        grades = {one["name"]: one for one in client.get(f"{api}/grades", params=query).json()}
        assert by_hand.items() <= grades["add"].items()
        assert grades["scale"]["auto_score"] == 0
        comments = {one["name"]: one for one in client.get(f"{api}/comments", params=query).json()}
        assert comments["add_answer"]["manual_comment"] == "nearly"


def _page(client, submission):
    response = client.get(f"formgrader/submissions/{submission}/")
    assert response.status_code == 200
    return response.text


def _put(client, path, values):
    response = client.put(path, json=values, headers=xsrf(client))
    assert response.status_code == 200, response.text
