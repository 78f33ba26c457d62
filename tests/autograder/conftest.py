"""A small assignment of two functions, and submissions of it."""

import shutil
import tempfile
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from autograder import Case, Check
from autograder.asking import ask
from autograder.checks import Limits
from autograder.grade import Exam
from autograder.sandbox import start
from autograder.submission import find

STUB = "def {name}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
RIGHT = {"double": "def double(x):\n    return 2 * x", "half": "def half(x):\n    return x / 2"}
CHECKS = [
    Check("double", 60, lambda x: 2 * x, [Case("two", {"x": 2})], lambda d: {"x": d.array(3)}),
    Check("half", 40, lambda x: x / 2, [Case("three", {"x": 3})], lambda d: {"x": d.array(2)}),
]
LIMITS = Limits(cell_seconds=2, call_seconds=1, memory_bytes=512 << 20, submission_seconds=30)


def cell(grade_id, source, points=None, solution=False):
    told = {"grade_id": grade_id, "grade": points is not None, "solution": solution}
    told |= {"locked": not solution, "schema_version": 3, "task": False}
    told |= {"points": points, "cell_type": "code"} if points is not None else {}
    made = new_code_cell(source, id=grade_id)
    made.metadata["nbgrader"] = told
    return made


def notebook(answers, extra=()):
    cells = [cell("setup", "import numpy as np")]
    for name, points in (("double", 60), ("half", 40)):
        cells.append(
            cell(f"{name}-solution", answers.get(name, STUB.format(name=name)), None, True)
        )
        cells.append(cell(name, f'check("{name}")', points))
    cells += [new_code_cell(source, id=f"own-{i}") for i, source in enumerate(extra)]
    return new_notebook(cells=cells)


@pytest.fixture(scope="session")
def exam():
    questions = [ask(check, "01", b"secret") for check in CHECKS]
    return Exam("01", questions, notebook({}), LIMITS)


@pytest.fixture
def hand_in(tmp_path):
    """Hands in a notebook with right answers, but for what is said, and cells of one's own."""

    def make(*extra, student="ada", data=None, **answers):
        text = nbformat.writes(notebook(RIGHT | answers, extra)) if data is None else data
        folder = tmp_path / student
        folder.mkdir()
        (folder / f"{student}.ipynb").write_text(text)
        return find(folder, "01")[0]

    return make


@pytest.fixture(scope="session")
def parent(isolation):
    with start(["numpy"], isolation) as started:
        yield started


@pytest.fixture
def open_folder():
    """A folder that trusted submissions may write to, who are nobody where root grades."""
    folder = Path(tempfile.mkdtemp())
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)
