"""HTML files: a page for each student and one for the class.

They lie below the output folder in `pages/ASSIGNMENT/index.html` and
`pages/ASSIGNMENT/students/STUDENT.html`, apart from the `feedback/` of `nbgrader
generate_feedback`. A page needs no other file and runs no script.
"""

from collections.abc import Sequence
from pathlib import Path

from autograder.results import Result


def write_student(out: Path, result: Result) -> Path:
    """Write one student's page and say where.

    Raises:
        ValueError: the student or the assignment is no name of a file.
    """
    raise NotImplementedError


def write_class(out: Path, assignment: str, results: Sequence[Result]) -> Path:
    """Write the page of the class and say where. It links to the students' pages."""
    raise NotImplementedError
