"""`autograder check NOTEBOOK`: a student's own notebook, judged with the public cases.

Everything runs in this process and without a wall: it is the student's own code on the student's
own machine.
"""

from dataclasses import dataclass
from pathlib import Path

from autograder.results import Verdict


class NotebookError(ValueError):
    """A notebook or bundle that cannot be checked, in one line with what to do."""


@dataclass(frozen=True)
class Checked:
    """What checking a notebook says; `warnings` are one line each."""

    assignment: str
    verdicts: tuple[Verdict, ...]
    warnings: tuple[str, ...] = ()


def check_notebook(path: Path) -> Checked:
    """Run a notebook's cells and put the public cases of every check.

    Raises:
        NotebookError: the notebook or the bundle beside it is missing or damaged.
    """
    raise NotImplementedError
