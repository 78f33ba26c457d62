"""Nothing that a student gets has an input or a right answer of a hidden case in it."""

import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from functools import cache

import nbformat
import pytest

from autograder import sitting
from autograder.asking import ask
from autograder.course import open_course
from autograder.grade import Exam, grade
from autograder.planning import read_release
from autograder.sandbox import start
from autograder.submission import find
from tests.autograder.leaking import NAME, SECRET, canaries, make_course, submissions
from tests.conftest import isolations

STRONGEST = str(isolations()[0])


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    make_course(root)
    return root


@pytest.fixture(scope="module")
def questions(course):
    checks = open_course(course).assignment(NAME).checks()
    return [ask(check, NAME, SECRET.encode()) for check in checks]


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("submitted")
    for student, notebook in submissions():
        nbformat.write(notebook, folder / f"{student}.ipynb")
    return folder


@pytest.fixture(scope="module")
def out(course, submitted, tmp_path_factory):
    """All that `autograder grade` and `nbgrader generate_feedback` write."""
    folder = tmp_path_factory.mktemp("out")
    grading = ["autograder", "grade", NAME, "--submissions", submitted, "--course", course]
    grading += ["--out", folder, "--json", folder / "results.json", "--isolation", STRONGEST]
    for command in (grading, ["nbgrader", "generate_feedback", NAME]):
        done = subprocess.run(
            [sys.executable, "-m", *map(str, command)], cwd=folder, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return folder


def seen_by_students(out):
    """Every text that a student gets, by where it stands."""
    folders = ("autograded", "feedback", "receipts", f"pages/{NAME}/students")
    paths = [path for name in folders for path in (out / name).rglob("*") if path.is_file()]
    texts = {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in paths}
    with closing(sqlite3.connect(out / "gradebook.db")) as book:
        return texts | {"gradebook": "\n".join(book.iterdump())}


@pytest.mark.slow
def test_nothing_of_a_hidden_case_reaches_a_student(out, questions):
    planted, texts = canaries(questions), seen_by_students(out)
    assert len(texts) == 4 * len(list(submissions())) + 1
    found = {(place, what) for place, text in texts.items() for what in planted if what in text}
    assert found == set()


@pytest.mark.slow
def test_nothing_of_a_student_reaches_another(out):
    students = [student for student, _ in submissions()]
    for place, text in seen_by_students(out).items():
        others = [one for one in students if f"/{one}" not in place and place != "gradebook"]
        assert not [one for one in others if f"hello from {one}" in text]
    own = (out / "autograded" / students[0] / NAME / f"{NAME}.ipynb").read_text()
    assert f"hello from {students[0]}" in own


@pytest.mark.slow
def test_the_search_sees_what_the_instructor_alone_gets(out, questions):
    """Each has tried: what its hidden cases were asked is in the evidence, in most ways of it."""
    planted = canaries(questions)
    results = json.loads((out / "results.json").read_text())
    told = {one["student"]: json.dumps(one) for one in results}
    telling = {student for student, text in told.items() if any(what in text for what in planted)}
    assert {"raises-0", "values-0", "forges-0", "type-0", "changes-0"} <= telling
    assert all(one["score"] < one["max_score"] for one in results)


@pytest.fixture(scope="module")
def messages(course, submitted, questions):
    """What one submission is told of its checks."""
    found = {one.student: one for one in find(submitted, NAME)}
    plan = open_course(course).assignment(NAME)
    exam = Exam(NAME, questions, read_release(plan), plan.limits)
    with start(["numpy"], isolations()[0]) as parent:

        @cache
        def messages(student, _):
            verdicts = grade(found[student], exam, parent).result.verdicts
            return "\n".join(f"{one.message} {one.difference}" for one in verdicts)

        yield messages


@pytest.mark.parametrize("student", ["values-2", "raises-3"])
def test_a_child_that_knows_a_hidden_case_would_tell_it(messages, questions, monkeypatch, student):
    """The wall between hidden and public cases, by taking it away."""
    planted = canaries(questions)
    assert not any(what in messages(student, "with") for what in planted)
    monkeypatch.setattr(sitting, "HIDDEN", "no such mark")
    assert any(what in messages(student, "without") for what in planted)
