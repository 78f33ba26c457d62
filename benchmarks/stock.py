"""Stock nbgrader on the same submissions: how long it takes, and which scores it gives."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

from autograder.course import Assignment

Scores = dict[str, dict[str, float]]
"""What each student earned in each check."""


def autograde(
    assignment: Assignment, submitted: Path, students: Sequence[str], root: Path
) -> float:
    """Grade in nbgrader's own way; the seconds for one submission.

    One command grades all, each notebook in a kernel of its own. Its start is not counted: time
    runs from the first line that it logs, when its imports are done, to its end.
    """
    shutil.copytree(assignment.solution.parents[1], root / "source")
    for student in students:
        shutil.copytree(submitted / student, root / "submitted" / student)
    _seconds("generate_assignment", assignment.name, root)
    return _seconds("autograde", assignment.name, root) / len(students)


def _seconds(command: str, assignment: str, root: Path) -> float:
    """Run one of nbgrader's commands; how long it worked after its start.

    Raises:
        RuntimeError: it failed.
    """
    # None of the user's own settings; and nbgrader looks for `alembic` in PATH.
    folders = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR")
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    variables = os.environ | {name: str(root / name) for name in folders} | {"PATH": path}
    words = [sys.executable, "-m", "nbgrader", command, assignment]
    process = subprocess.Popen(
        words, cwd=root, env=variables, text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    with process:
        assert process.stderr is not None
        lines = [process.stderr.readline()]
        started = time.monotonic()
        lines += process.stderr
    seconds = time.monotonic() - started
    if process.returncode:
        raise RuntimeError(f"nbgrader {command} failed:\n{''.join(lines[-20:])}")
    return seconds


def scores(assignment: str, students: Sequence[str], root: Path) -> Scores:
    """The scores in nbgrader's gradebook."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        notebooks = {
            student: gradebook.find_submission_notebook(assignment, assignment, student)
            for student in students
        }
        return {
            student: {grade.name: float(grade.auto_score) for grade in notebook.grades}
            for student, notebook in notebooks.items()
        }
