"""The whole path: from what is handed in to gradebook, notebooks and pages."""

import csv
import json
import zipfile

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.asking import ask
from autograder.course import open_course
from tests.conftest import ROOT

NAME = "01_convolution"
SOLUTION = ROOT / "solutions" / NAME / f"{NAME}.ipynb"
RELEASE = ROOT / "assignments" / NAME / f"{NAME}.ipynb"


def results(run):
    assert run.returncode == 0, run.stdout + run.stderr
    return {result["student"]: result for result in json.loads(run.json.read_text())}


def test_the_solution_earns_all_points_and_the_stub_none(grade, isolation, tmp_path):
    for student, path in (("solution", SOLUTION), ("stub", RELEASE)):
        (tmp_path / f"{student}.ipynb").write_bytes(path.read_bytes())
    out = tmp_path / "out"
    got = results(grade("--submissions", tmp_path, "--out", out, "--isolation", isolation))
    assert {student: result["score"] for student, result in got.items()} == {
        "solution": 100,
        "stub": 0,
    }
    assert {verdict["verdict"] for verdict in got["stub"]["verdicts"]} == {"not attempted"}


@pytest.fixture(scope="module")
def moodle(tmp_path_factory):
    """What Moodle exports: two students, one of them with two attempts."""
    path = tmp_path_factory.mktemp("moodle") / "export.zip"
    attempts = [
        ("Ada Lovelace_101_assignsubmission_file_/first.ipynb", RELEASE, 2025),
        ("Ada Lovelace_101_assignsubmission_file_/second.ipynb", SOLUTION, 2026),
        ("Zoë O'Neill_102_assignsubmission_file_/Übung 1.ipynb", RELEASE, 2026),
    ]
    with zipfile.ZipFile(path, "w") as archive:
        for name, notebook, year in attempts:
            archive.writestr(zipfile.ZipInfo(name, (year, 1, 1, 0, 0, 0)), notebook.read_bytes())
    return path


def test_a_zip_from_moodle_is_graded_under_its_students_names(grade, moodle, tmp_path):
    table = tmp_path / "points.csv"
    run = grade(
        "--submissions", moodle, "--out", tmp_path, "--isolation", "trusted", "--csv", table
    )
    got = {student: result["score"] for student, result in results(run).items()}
    assert got == {"Ada Lovelace_101": 100, "Zoë O'Neill_102": 0}
    with table.open(encoding="utf-8-sig", newline="") as file:
        assert {row["student"]: float(row["total"]) for row in csv.DictReader(file)} == got
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        scores = {s.student_id: s.score for s in book.assignment_submissions(NAME)}
    assert scores == got
    for student in got:
        assert (tmp_path / "autograded" / student / NAME / f"{NAME}.ipynb").is_file()
        assert (tmp_path / "pages" / NAME / "students" / f"{student}.html").is_file()


def test_a_part_of_a_class_is_graded_anew_and_all_of_it_is_told(grade, moodle, tmp_path):
    whole = ("--submissions", moodle, "--out", tmp_path, "--isolation", "trusted")
    before = grade(*whole)
    asked = ("--regrade", "--student", "Ada Lovelace_101", "--check", "conv1d")
    after = grade(*whole, *asked)
    assert results(after) == results(before)
    assert "1 of them from the journal" in after.stdout
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        assert book.find_submission(NAME, "Ada Lovelace_101").score == 100


# After the public cases this says what it gets in every way that it can.
TELLTALE = """
calls, mark = [], "CAN" + "ARY"
def conv1d(x, kernel, stride):
    calls.append(1)
    if len(calls) <= {public}:
        k = len(kernel)
        if k > len(x):
            raise ValueError("the kernel does not fit")
        n = (len(x) - k) // stride + 1
        return np.array([x[i * stride : i * stride + k] @ kernel for i in range(n)])
    print(mark, x)
    raise type(mark + str(x.shape), (Exception,), {{}})(mark, x)
"""


def test_hidden_inputs_do_not_come_out(grade, isolation, tmp_path):
    checks = open_course(ROOT).assignment(NAME).checks()
    (check,) = (check for check in checks if check.name == "conv1d")
    notebook = nbformat.read(SOLUTION, as_version=4)
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "conv1d-solution":
            cell.source = TELLTALE.format(public=len(ask(check, NAME).trials))
    nbformat.write(notebook, tmp_path / "eve.ipynb")
    out = tmp_path / "out"
    run = grade("--submissions", tmp_path, "--out", out, "--isolation", isolation)
    eve = results(run)["eve"]
    verdicts = {v["check"]: v for v in eve["verdicts"]}
    assert verdicts["conv1d"]["message"] == "a hidden case: it raised an exception"
    # The one place that tells the instructor, for `autograder clusters`, and no student.
    assert "CANARY" in verdicts["conv1d"].pop("evidence")["type"]
    assert "CANARY" not in json.dumps(eve)
    written = [path for path in out.rglob("*") if path.is_file()]
    assert len(written) > 4
    for path in written:
        assert "CANARY" not in path.read_text(errors="replace"), path
