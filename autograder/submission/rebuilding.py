"""The instructor's notebook with the student's cells in it."""

from collections.abc import Mapping
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.submission.parsing import Parsed


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    Args:
        index: its place in `Rebuilt.notebook.cells`.
        grade_id: the assignment's id of it, or None for the student's own cell.
        ours: whether its source comes from the release.
        attempted: False for a solution cell that is still the stub.
    """

    index: int
    grade_id: str | None
    source: str
    ours: bool
    attempted: bool


@dataclass(frozen=True)
class Rebuilt:
    """A submission as it is graded.

    Args:
        notebook: valid nbformat 4.5; metadata and locked cells are the release's; no outputs.
        cells: the code cells to run, in order. Check cells are not among them.
        repairs: what had to be mended, one line each, for the student.
        solutions: for each check, the grade ids of the code solution cells that it judges.
    """

    notebook: NotebookNode
    cells: tuple[Cell, ...]
    repairs: tuple[str, ...]
    solutions: Mapping[str, tuple[str, ...]]

    def attempted(self, check: str) -> bool:
        """Whether there may be an answer to the check.

        False only where each of its solution cells is the stub or missing and no cell of the
        student's own mentions a name that the stub defines.
        """
        raise NotImplementedError


def rebuild(student: Parsed, release: NotebookNode, assignment: str) -> Rebuilt:
    """Put the student's cells into the instructor's release notebook.

    Raises:
        Unreadable: the notebook has nothing of the assignment in it.
    """
    raise NotImplementedError
