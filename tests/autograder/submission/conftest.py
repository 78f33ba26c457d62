"""A small release notebook, and files to hand in."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook


def graded(make: Any, source: str, grade_id: str, **flags: Any) -> NotebookNode:
    claims = {"grade": False, "solution": False, "locked": False, "schema_version": 3, **flags}
    cell = make(source, id=f"id-{grade_id}")
    cell.metadata.nbgrader = NotebookNode(claims, grade_id=grade_id, cell_type=cell.cell_type)
    return cell


def stub(name: str) -> NotebookNode:
    source = f"def {name}(x):\n    # YOUR CODE HERE\n    raise NotImplementedError()"
    return graded(new_code_cell, source, f"{name}-solution", solution=True)


def check(name: str, points: int) -> NotebookNode:
    return graded(new_code_cell, f'check("{name}")', name, grade=True, locked=True, points=points)


@pytest.fixture(scope="session")
def release() -> NotebookNode:
    """Text, setup, two exercises, and a question that is answered in words."""
    text = graded(new_markdown_cell, "# Convolution", "intro", locked=True)
    setup = graded(new_code_cell, "import numpy as np", "setup", locked=True)
    answer = graded(
        new_markdown_cell, "YOUR ANSWER HERE", "why", grade=True, solution=True, points=5
    )
    exercises = [stub("conv1d"), check("conv1d", 10), stub("conv2d"), check("conv2d", 20)]
    notebook = new_notebook(cells=[text, setup, *exercises, answer])
    notebook.nbformat_minor = 5
    return notebook


@pytest.fixture
def lay(tmp_path: Path) -> Callable[..., Path]:
    """Lay out files in a folder, each newer than the one before; a last `/` makes a folder."""

    def lay_out(*paths: str, data: bytes = b"{}") -> Path:
        for age, path in enumerate(paths):
            file = tmp_path / path
            (file if path.endswith("/") else file.parent).mkdir(parents=True, exist_ok=True)
            if not path.endswith("/"):
                file.write_bytes(data)
                os.utime(file, (1_700_000_000 + 60 * age,) * 2)
        return tmp_path

    return lay_out
