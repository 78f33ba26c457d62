"""Our engine inside nbgrader: what it does with failures, and what it keeps warm."""

import os
import shutil

import psutil
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.isolation import Isolation
from autograder.nbgrader import write_config
from tests.autograder.nbgrader.courses import STRONGEST, CourseFolder
from tests.autograder.nbgrader.serving import server, xsrf
from tests.conftest import ROOT

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:Object of type <Submitted"),  # SQLAlchemy on nbgrader
]

NAME = "01_convolution"
TOTAL = 100


@pytest.fixture
def course(tmp_path):
    """A course in which Ada has handed in right answers, and Bob nothing of his own."""
    course = CourseFolder(tmp_path / "course")
    course.tell_gradebook(NAME)
    course.hand_in("ada", NAME, course.solution(NAME))
    course.hand_in("bob", NAME, course.release(NAME))
    return course


@pytest.fixture
def autograde(course, monkeypatch):
    """Grades a student in this process, as formgrader does; empty, or what nbgrader logged."""
    monkeypatch.chdir(course.root)

    def autograde(student, **settings):
        config = PyFileConfigLoader("nbgrader_config.py").load_config()
        config.merge(Config(CourseDirectory={"root": str(course.root)}, WalledExecute=settings))
        done = NbGraderAPI(config=config).autograde(NAME, student)
        return "" if done["success"] else done["log"]

    return autograde


def totals(course):
    """What each student has; None where a check has never been graded."""
    scores = course.scores(NAME)
    return {
        student: None if None in checks.values() else sum(checks.values())
        for student, checks in scores.items()
    }


def told(log):
    """Why a student has not been graded."""
    (line,) = (line for line in log.splitlines() if " has not been graded: " in line)
    return line


def test_our_own_failure_is_told_and_leaves_what_was_there(course, autograde):
    assert not autograde("ada")
    toml = (course.root / "course.toml").read_text()
    course.change("course.toml", toml.replace('["numpy"]', '["numpy", "no-such-package"]'))
    for student in ("ada", "bob"):
        line = told(autograde(student))
        assert line.startswith(f"[ERROR] {student} has not been graded: ")
        assert "no-such-package" in line
        assert not (course.root / "autograded" / student / NAME).exists()
    assert totals(course) == {"ada": TOTAL, "bob": None}
    course.change("course.toml", toml)
    assert not autograde("bob")
    assert totals(course) == {"ada": TOTAL, "bob": 0}


def test_an_assignment_that_the_course_does_not_have_is_not_run(course, autograde):
    toml = (course.root / "course.toml").read_text()
    course.change("course.toml", toml.replace(f"assignments.{NAME}", "assignments.02_other"))
    assert "02_other" in told(autograde("ada"))
    assert totals(course) == {"ada": None}


@pytest.mark.skipif(STRONGEST is not Isolation.FULL, reason="needs bubblewrap")
def test_without_the_wall_nothing_runs_until_that_is_allowed(course, autograde, monkeypatch):
    toml = (course.root / "course.toml").read_text()
    course.change("course.toml", f'minimum_isolation = "full"\n{toml}')
    monkeypatch.setenv("PATH", "/nowhere")
    line = told(autograde("ada"))
    assert "course.toml wants full; full needs bubblewrap" in line
    line = told(autograde("ada", isolation="trusted"))
    assert "--WalledExecute.isolation=trusted is weaker than full" in line
    course.change("course.toml", toml)
    assert not autograde("ada", isolation="trusted")
    assert totals(course) == {"ada": TOTAL}


def test_metadata_that_nbgrader_refuses_costs_nothing(course, autograde):
    notebook = course.solution(NAME)
    for cell in notebook.cells:
        if marks := cell.metadata.get("nbgrader"):
            marks.update(points="many", schema_version=None)
            marks.pop("locked", None)
    notebook.cells[0].metadata.nbgrader = "mine"
    course.hand_in("eve", NAME, notebook)
    assert not autograde("eve")
    assert totals(course) == {"eve": TOTAL}


def test_what_is_no_notebook_gets_no_score(course, autograde):
    course.hand_in("abe", NAME, course.solution(NAME)).write_text("{")
    assert "There was an error processing assignment" in autograde("abe")
    assert totals(course) == {"abe": None}


@pytest.fixture
def warm_parents():
    """Says which processes this one has started since."""

    def processes():
        return {child.pid for child in psutil.Process().children()}

    before = processes()
    return lambda: processes() - before


def test_one_warm_parent_serves_all_until_the_checks_change(course, autograde, warm_parents):
    assert not autograde("ada")
    first = warm_parents()
    assert len(first) == 1
    assert not autograde("bob")
    assert warm_parents() == first
    assert totals(course) == {"ada": TOTAL, "bob": 0}
    checks = course.root / "course" / NAME / "checks.py"
    checks.write_text(f"{checks.read_text()}# changed\n")
    assert not autograde("ada")
    assert len(warm_parents()) == 1
    assert not warm_parents() & first


def test_a_warm_parent_that_was_killed_is_replaced(course, autograde, warm_parents):
    assert not autograde("bob")
    (parent,) = warm_parents()
    psutil.Process(parent).kill()
    assert not autograde("ada")
    assert totals(course) == {"ada": TOTAL, "bob": 0}


def test_the_command_grades_everybody(course):
    course.nbgrader("autograde", NAME, f"--WalledExecute.isolation={STRONGEST}")
    assert totals(course) == {"ada": TOTAL, "bob": 0}


def test_formgraders_button_grades_as_autograder_grade_did(course, tmp_path):
    """In an output folder: a notebook that forges its points under nbgrader's own engine."""
    out = tmp_path / "out"
    write_config(out, course.root)
    shutil.copy(course.root / "gradebook.db", out)
    forged = ROOT / "examples" / "class" / "forged_score"
    shutil.copytree(forged, out / "submitted" / "eve")
    with server(out, dict(os.environ)) as client:
        assert client.get("formgrader", follow_redirects=True).status_code == 200
        path = f"formgrader/api/submission/{NAME}/eve/autograde"
        answer = client.post(path, headers=xsrf(client), timeout=120).json()
    assert answer["success"], answer
    with Gradebook(f"sqlite:///{out / 'gradebook.db'}") as book:
        # What builds on the forged answer is judged with a right one.
        assert book.find_submission(NAME, "eve").score == TOTAL - 15
