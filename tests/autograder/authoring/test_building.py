"""What nbgrader and a student find in the built notebooks."""

import os
import re
import shutil
import subprocess
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
import pytest
from nbgrader.nbgraderformat import MetadataValidator

from autograder import bundle
from autograder.authoring import BuildError
from autograder.authoring.seal import SEAL

LOCKED = (False, False, True)
ANSWER = (False, True, False)
CHECKED = (True, False, True)
MANUAL = (True, True, False)

# cell type, grade id, (grade, solution, locked), points
WANTED = [
    ("markdown", "welcome", LOCKED, None),
    ("code", "setup", LOCKED, None),
    ("markdown", "markdown-1", LOCKED, None),
    ("code", "double-solution", ANSWER, None),
    ("code", "double", CHECKED, 30),
    ("markdown", "markdown-2", LOCKED, None),
    ("code", "triple-solution", ANSWER, None),
    ("code", "triple-solution-2", ANSWER, None),
    ("code", "triple", CHECKED, 65.5),
    ("code", None, None, None),
    ("markdown", "why", MANUAL, 5),
]


def read(path: Path) -> Any:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    return notebook


@pytest.fixture(params=["solution", "release"])
def notebook(request, built) -> Any:
    return read(getattr(built.assignment, request.param))


def test_each_kind_of_cell_gets_its_metadata(notebook):
    for cell, (kind, grade_id, role, points) in zip(notebook.cells, WANTED, strict=True):
        assert cell.cell_type == kind
        if role is None:
            assert not cell.metadata
            continue
        given = cell.metadata.nbgrader
        assert (given.grade, given.solution, given.locked) == role
        assert given.get("points") == points
        assert given.schema_version == 3
        if not grade_id.startswith("markdown-"):
            assert given.grade_id == grade_id


def test_cells_of_the_same_content_have_ids_of_their_own(notebook):
    first, second = (notebook.cells[index].metadata.nbgrader.grade_id for index in (2, 5))
    assert re.fullmatch(r"markdown-[0-9a-f]{8}", first)
    assert second == f"{first}-2"


def test_cell_ids_are_the_grade_ids(notebook):
    marked = [cell for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert [cell.id for cell in marked] == [cell.metadata.nbgrader.grade_id for cell in marked]


def test_figures_are_inside(notebook, built):
    data = re.search(r"!\[A dot\]\(data:image/png;base64,([^)]*)\)", notebook.cells[0].source)
    assert data
    dot = built.folder / "figures" / "dot.png"
    assert data[1] == b64encode(dot.read_bytes()).decode()


def test_nothing_is_executed_and_the_kernel_is_python(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in code)
    assert notebook.metadata.kernelspec.name == "python3"


def test_the_release_has_stubs_and_no_answers(built):
    text = built.assignment.release.read_text(encoding="utf-8")
    for secret in ("np.add(x, x)", "2 * x", "twice =", "commutes", "SOLUTION"):
        assert secret not in text
    sources = {cell.id: cell.source for cell in read(built.assignment.release).cells}
    stub = "    # YOUR CODE HERE\n    raise NotImplementedError()"
    assert sources["double-solution"] == f'def double(x):\n    """Twice."""\n{stub}'
    assert sources["why"] == "YOUR ANSWER HERE"


def test_locked_cells_cannot_be_edited_and_answers_can(built):
    for cell in read(built.assignment.release).cells:
        marked = cell.metadata.get("nbgrader")
        assert cell.metadata.get("editable", True) is (not marked or marked.solution)
        assert cell.metadata.get("deletable", True) is (not marked)


def test_the_bundle_beside_each_notebook_asks_every_check(built):
    for path in (built.assignment.solution, built.assignment.release):
        held = bundle.read(path.with_suffix(".npz"))
        assert held.assignment == "01_small"
        assert [(q.name, q.points) for q in held.questions] == [("double", 30), ("triple", 65.5)]
        np.testing.assert_array_equal(held.questions[1].trials[0].expected[""].value, [0, 3, 6])
        assert read(path).metadata.autograder.version == held.version


def test_the_bundle_holds_no_hidden_case(built):
    held = bundle.read(built.assignment.release.with_suffix(".npz"))
    cases = [trial.case.name for question in held.questions for trial in question.trials]
    assert cases == ["slide", "random case 1", "random case 2", "slide"]


def test_two_builds_give_the_same_bytes(built, small):
    written = small.build()
    assert len(written) == 4
    for path in written:
        assert (small.root / path).read_bytes() == (built.root / path).read_bytes()


def test_only_the_built_files_are_written(small, monkeypatch):
    monkeypatch.chdir(small.root)
    before = set(small.root.rglob("*"))
    written = {small.root / path for path in small.build()}
    assert {path for path in set(small.root.rglob("*")) - before if path.is_file()} == written
    assert Path.cwd() == small.root


def test_the_release_is_what_nbgraders_own_command_makes(built, tmp_path):
    shutil.copytree(built.root / "solutions", tmp_path / "source")
    command = [sys.executable, "-m", "nbgrader", "generate_assignment", "01_small", "--no-db"]
    quiet = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path), "JUPYTER_PLATFORM_DIRS": "1"}
    subprocess.run(command, cwd=tmp_path, env=quiet, check=True, capture_output=True)
    stock, ours = read(tmp_path / "release/01_small/01_small.ipynb"), read(built.assignment.release)
    for name in SEAL:
        del ours.metadata.autograder[name]
    assert ours == stock


def test_a_failed_build_leaves_what_was_there(small):
    small.build()
    before = small.assignment.release.read_bytes()
    small.replace(small.assignment.text, "# Play here.", "return twice\n# %% nonsense=1")
    with pytest.raises(BuildError):
        small.build()
    assert small.assignment.release.read_bytes() == before


def test_a_package_that_is_not_installed_is_refused(small):
    small.replace(small.root / "course.toml", '"numpy"', '"numpy", "scikit-learn", "nosuchpkg"')
    with pytest.raises(BuildError) as refused:
        small.build()
    line = "01_small allows the package nosuchpkg, which is not installed: install it with pip"
    assert str(refused.value).startswith(line)
    assert not small.assignment.release.exists()
