"""What nbgrader's metadata makes of a cell, and which answer each check is about."""

from typing import Any

from nbformat import NotebookNode


def marks(cell: NotebookNode) -> dict[str, Any]:
    """A cell's nbgrader metadata; empty where it has none."""
    found = cell.metadata.get("nbgrader")
    return found if isinstance(found, dict) else {}


def grade_id(cell: NotebookNode) -> str:
    """The assignment's name of a cell, or nothing."""
    name = marks(cell).get("grade_id")
    return name if isinstance(name, str) else ""


def is_solution(cell: NotebookNode) -> bool:
    """Whether students write into it."""
    return bool(marks(cell).get("solution"))


def is_check(cell: NotebookNode) -> bool:
    """Whether we grade it: points, and nothing for a student to write."""
    return bool(marks(cell).get("grade")) and not is_solution(cell)


def is_task(cell: NotebookNode) -> bool:
    """Whether a person grades what stands below it."""
    return bool(marks(cell).get("task"))


def is_locked(cell: NotebookNode) -> bool:
    """Whether its source is the instructor's."""
    return not is_solution(cell) and bool(marks(cell).get("locked") or marks(cell).get("grade"))


def answers(release: NotebookNode) -> dict[str, str]:
    """For each check, the last solution cell before it that no person grades."""
    found, last = {}, ""
    for cell in release.cells:
        if is_solution(cell) and not marks(cell).get("grade"):
            last = grade_id(cell)
        elif is_check(cell) and last:
            found[grade_id(cell)] = last
    return found
