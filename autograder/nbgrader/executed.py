"""A submission as it ran, made safe to look at: nbgrader's autograded notebook."""

from collections.abc import Mapping
from pathlib import Path

from nbformat import NotebookNode

from autograder.protocol import Value
from autograder.results import Result


def write_autograded(
    out: Path,
    release: NotebookNode,
    result: Result,
    notebook: NotebookNode | None,
    outputs: Mapping[int, Mapping[str, Value]],
) -> Path:
    """Write `autograded/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb` below a folder and say where.

    Args:
        release: the notebook as students got it; only its cells are trusted.
        notebook: the submission as it was graded, or None where it could not be read.
        outputs: what running a cell gave, by the cell's place in the notebook.

    Raises:
        ValueError: the student or the assignment is no name of a folder.
        OSError: it cannot be written.
    """
    raise NotImplementedError
