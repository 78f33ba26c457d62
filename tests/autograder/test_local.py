"""A student's notebook, checked in a terminal."""

import json
import os
import sys
from pathlib import Path

import nbformat
import numpy as np
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import bundle
from autograder.asking import ask
from autograder.bundle import BundleError
from autograder.checks import Case, Check
from autograder.local import NotebookError, by_hand, check_notebook
from autograder.results import VerdictKind
from autograder.submission import Unreadable

X = np.arange(4, dtype=np.float32)
CHECKS = [
    Check("double", 10, lambda x: 2 * x, [Case("slide 1", {"x": X})], hint="add"),
    Check("negative", 5, lambda x: -x, [Case("slide 2", {"x": X})]),
]
SETUP = 'import autograder\ncheck = autograder.load("01_test")'
GRADE = {"nbgrader": {"grade": True, "solution": False, "grade_id": "double", "points": 10}}


@pytest.fixture
def version(tmp_path):
    """The version of the bundle that lies in the folder."""
    made = bundle.bundle("01_test", [ask(check, "01_test") for check in CHECKS], ["numpy"])
    bundle.write(made, tmp_path / "01_test.npz")
    return made.version


@pytest.fixture
def write(tmp_path, version):
    """Writes a notebook of some sources beside the bundle."""

    def write(*sources, name="mine.ipynb", **metadata):
        metadata = metadata or {"autograder": {"assignment": "01_test", "version": version}}
        cells = [new_markdown_cell("# Mine"), *map(new_code_cell, sources)]
        nbformat.write(new_notebook(cells=cells, metadata=metadata), tmp_path / name)
        return tmp_path / name

    return write


def kinds(path, warn=None):
    return [str(verdict.kind) for verdict in check_notebook(path, warn)]


def test_every_check_gets_a_verdict(write):
    path = write(SETUP, "def double(x):\n    return x + x", 'check("double")', "negative = abs")
    double, negative = check_notebook(path)
    assert (double.check, double.kind, double.score) == ("double", VerdictKind.PASSED, 10)
    assert (negative.check, negative.kind, negative.score) == ("negative", VerdictKind.FAILED, 0)
    assert "element [1] is 1, expected -1" in negative.message
    assert double.seconds > 0


def test_a_cell_that_raises_is_told_where_what_it_defines_is_missing(write):
    cell = "import nothing_such as n\nn.go()\ndef double(x): return x + x"
    path = write(cell, "def negative(x): return -x")
    double, negative = check_notebook(path)
    assert double.kind is VerdictKind.ERROR
    assert double.message == "the cell: nothing_such is not available in this assignment"
    assert negative.kind is VerdictKind.PASSED


def test_a_cell_that_does_not_parse_is_told_with_its_line(write):
    double, negative = check_notebook(write("def double(x) return x", "negative = lambda x: -x"))
    assert "SyntaxError" in double.message
    assert "def double(x) return x" in double.message
    assert negative.kind is VerdictKind.PASSED


def test_check_cells_are_not_run_and_nothing_is_printed(write, tmp_path, capfd):
    path = write(SETUP, "def double(x):\n    print('noise')\n    return x + x", 'check("double")')
    notebook = nbformat.read(path, 4)
    locked = new_code_cell("raise SystemError('this is a check cell')", metadata=GRADE)
    notebook.cells.append(locked)
    nbformat.write(notebook, tmp_path / "other.ipynb")
    assert kinds(path) == kinds(tmp_path / "other.ipynb") == ["passed", "not attempted"]
    assert capfd.readouterr() == ("", "")


def test_files_and_modules_beside_the_notebook_are_found_and_the_folder_is_put_back(
    write, tmp_path
):
    (tmp_path / "beside_me.py").write_text("factor = 2")
    (tmp_path / "data.txt").write_text("-1")
    source = (
        "from pathlib import Path\nfrom beside_me import factor\n"
        "sign = float(Path('data.txt').read_text())\n"
        "double = lambda x: factor * x\nnegative = lambda x: sign * x"
    )
    before = Path.cwd(), list(sys.path)
    path = os.path.relpath(write(source))
    assert kinds(Path(path)) == ["passed", "passed"]
    assert (Path.cwd(), sys.path) == before
    sys.modules.pop("beside_me")


NAMED = [
    {"autograder": {"assignment": "01_test"}},
    {"autograder": ["of another program"]},
    {"autograder": {"assignment": 3}},
    {"kernelspec": {"name": "python3", "display_name": "Python 3"}},
]


@pytest.mark.parametrize("metadata", NAMED, ids=str)
def test_the_assignment_is_named_by_the_metadata_or_the_first_cell(write, metadata):
    assert kinds(write(SETUP, **metadata)) == ["not attempted"] * 2


def test_the_assignment_may_be_named_by_the_file(write):
    path = write("double = 1", name="01_test.ipynb", language_info={"name": "python"})
    assert kinds(path) == ["error", "not attempted"]


def test_a_stale_bundle_is_named(write, version):
    lines = []
    stale = {"assignment": "01_test", "version": "0123456789abcdef"}
    kinds(write(SETUP, autograder=stale), lines.append)
    (line,) = lines
    assert f"01_test.npz beside it is version {version}, expected 0123456789abcdef" in line
    assert line.endswith("download 01_test.npz and the notebook again")
    kinds(write(SETUP), lines.append)
    assert len(lines) == 1


def test_a_stale_bundle_is_named_on_standard_error(write, capsys):
    kinds(write(SETUP, autograder={"assignment": "01_test", "version": "0"}))
    assert "autograder: " in capsys.readouterr().err


def test_an_endless_loop_can_be_interrupted(write):
    for source in ("raise KeyboardInterrupt", "def double(x): raise KeyboardInterrupt"):
        with pytest.raises(KeyboardInterrupt):
            check_notebook(write(source))


def refused(error, match, path):
    with pytest.raises(error, match=match) as caught:
        check_notebook(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_what_is_no_notebook_is_refused_in_one_line(tmp_path):
    refused(NotebookError, "cannot be read: No such file", tmp_path / "missing.ipynb")
    refused(NotebookError, "cannot be read: Is a directory", tmp_path)
    for data in (b"", b"not JSON", b"\xff\xfe", b"[]", json.dumps({"cells": 3}).encode()):
        path = tmp_path / "bad.ipynb"
        path.write_bytes(data)
        refused(Unreadable, "bad.ipynb", path)


def test_a_notebook_of_no_assignment_is_refused_in_one_line(write):
    refused(NotebookError, "does not say which assignment it is of", write("x = 1", other=1))


def test_a_notebook_that_is_too_large_is_refused_in_one_line(write, monkeypatch):
    monkeypatch.setattr("autograder.local.MAX_BYTES", 10)
    refused(NotebookError, "more than 10 bytes; clear its outputs", write(SETUP))


def test_a_missing_bundle_is_named(write, tmp_path, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_URL", raising=False)
    path = write(SETUP)
    (tmp_path / "01_test.npz").unlink()
    with pytest.raises(BundleError, match=f"looked for {tmp_path}.*put it beside the notebook"):
        check_notebook(path)


def test_what_native_code_writes_to_the_terminal_is_not_shown(write, capfd):
    path = write("import os\nos.write(2, b'cpu_feature_guard')\ndef double(x): return x + x")
    assert kinds(path) == ["passed", "not attempted"]
    os.write(2, b"shown again")
    assert capfd.readouterr().err == "shown again"


def test_a_package_that_grading_will_not_have_is_told(write):
    told = []
    path = write("import sklearn.datasets, numpy\ndef double(x): return x + x", "negative = None")
    assert kinds(path, told.append) == ["passed", "error"]
    line = "sklearn will not be there when this is graded; what uses that will fail"
    assert told == [f"{path}: {line} (allowed: numpy)"]


def test_where_what_it_builds_on_is_wrong_that_is_said_first(write, tmp_path):
    other = Check("both", 5, lambda x: -2 * x, [Case("one", {"x": X})], builds_on=["double"])
    questions = [ask(check, "01_test") for check in (*CHECKS, other)]
    bundle.write(bundle.bundle("01_test", questions), tmp_path / "01_test.npz")
    sources = "def double(x): return x", "def both(x): return -double(x)", "negative = None"
    *_, last = check_notebook(write(*sources, autograder={"assignment": "01_test"}))
    assert last.message.startswith(
        "this builds on double, which is not right yet: mend that first\n"
    )


def marked(**claims):
    return new_markdown_cell("", metadata={"nbgrader": {"points": 5, **claims}})


@pytest.mark.parametrize(
    ("cell", "points"),
    [
        (marked(grade=True, solution=True), 5),
        (marked(task=True), 5),
        (marked(grade=True, solution=False), 0),
        (marked(grade=True, solution=True, points="5"), 0),
        (marked(grade=True, solution=True, points=-5), 0),
        (new_markdown_cell("", metadata={"nbgrader": [5]}), 0),
        (new_markdown_cell("words"), 0),
    ],
)
def test_what_an_instructor_gives_is_as_the_notebook_says(tmp_path, cell, points):
    nbformat.write(new_notebook(cells=[cell]), tmp_path / "mine.ipynb")
    assert by_hand(tmp_path / "mine.ipynb") == points
