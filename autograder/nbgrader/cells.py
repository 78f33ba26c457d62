"""A notebook's cells in the gradebook, kept in step with the release."""

import json
from collections.abc import Iterable
from typing import Any

from nbformat import NotebookNode
from nbgrader import api
from nbgrader.utils import compute_checksum
from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from autograder.nbgrader.connecting import GradebookError
from autograder.nbgrader.layout import grade_id, is_locked, is_solution, is_task, marks


def align(session: Session, assignment: str, release: NotebookNode, course: str) -> Any:
    """Bring an assignment's only notebook to what the release says, and return it.

    Points and sources follow the release. A new cell gets a place in every submission, to be
    filled when it is graded again; a cell that is gone takes its automatic scores with it.

    Raises:
        GradebookError: a cell that is gone holds what a person entered.
    """
    notebook = _notebook(session, assignment, course)
    notebook.kernelspec = json.dumps(release.metadata.get("kernelspec", {}))
    wanted = list(_wanted(release))
    _remove(session, notebook, {(kind, name) for kind, name, _ in wanted})
    present = {(type(cell), cell.name): cell for cell in _present(notebook)}
    new = [row for row in wanted if row[:2] not in present]
    for kind, name, values in wanted:
        for column, value in values.items() if (kind, name) in present else ():
            setattr(present[kind, name], column, value)
    session.add_all([kind(name=name, notebook=notebook, **values) for kind, name, values in new])
    session.flush()
    # Only then, because it takes a moment for each submission.
    for submitted in notebook.submissions if new else ():
        fill(session, submitted, notebook)
    return notebook


def fill(session: Session, submitted: Any, notebook: Any) -> None:
    """Give a submitted notebook a grade and a comment for each cell that has none yet."""
    graded = {grade.cell_id for grade in submitted.grades}
    commented = {comment.cell_id for comment in submitted.comments}
    for cell in (*notebook.grade_cells, *notebook.task_cells):
        if cell.id not in graded:
            session.add(api.Grade(cell_id=cell.id, notebook=submitted))
    for cell in (*notebook.solution_cells, *notebook.task_cells):
        if cell.id not in commented:
            session.add(api.Comment(cell_id=cell.id, notebook=submitted))


def _notebook(session: Session, name: str, course: str) -> Any:
    assignment = session.scalar(select(api.Assignment).filter_by(name=name))
    if assignment is None:
        assignment = api.Assignment(name=name, course_id=course)
        session.add(assignment)
    found = next((one for one in assignment.notebooks if one.name == name), None)
    if found is None:
        found = api.Notebook(name=name, assignment=assignment)
        session.add(found)
    return found


def _wanted(release: NotebookNode) -> Iterable[tuple[type, str, dict[str, Any]]]:
    """What nbgrader's own `SaveCells` saves: class, name and values of each row."""
    for cell in release.cells:
        name = grade_id(cell)
        if not name or cell.cell_type == "raw":
            continue
        graded = marks(cell).get("grade")
        if graded or is_task(cell):
            points = {"max_score": float(marks(cell)["points"]), "cell_type": cell.cell_type}
            yield (api.GradeCell if graded else api.TaskCell), name, points
        if is_solution(cell):
            yield api.SolutionCell, name, {}
        if graded or is_solution(cell) or is_task(cell) or is_locked(cell):
            yield api.SourceCell, name, _source(cell)


def _source(cell: NotebookNode) -> dict[str, Any]:
    return {
        "cell_type": cell.cell_type,
        "locked": is_locked(cell),
        "source": cell.source,
        "checksum": marks(cell).get("checksum") or compute_checksum(cell),
    }


def _present(notebook: Any) -> Iterable[Any]:
    kinds = notebook.grade_cells, notebook.solution_cells, notebook.task_cells
    return [cell for cells in (*kinds, notebook.source_cells) for cell in cells]


def _remove(session: Session, notebook: Any, wanted: set[tuple[type, str]]) -> None:
    gone = [cell for cell in _present(notebook) if (type(cell), cell.name) not in wanted]
    for cell in gone:
        if not isinstance(cell, api.SourceCell):
            _remove_entries(session, notebook, cell)
        session.delete(cell)
    session.flush()
    session.expire_all()


def _remove_entries(session: Session, notebook: Any, cell: Any) -> None:
    """Delete a cell's grades and comments, unless a person wrote some of them."""
    entered = _entered(session, api.Grade, cell, "manual_score", "extra_credit")
    entered += _entered(session, api.Comment, cell, "manual_comment")
    if entered:
        line = f"{cell.name} is gone from {notebook.name} but holds {entered} entries made by hand"
        raise GradebookError(f"{line}; clear them in formgrader, or put the cell back")
    for table in (api.Grade, api.Comment):
        for entry in session.scalars(select(table).where(table.cell_id == cell.id)):
            session.delete(entry)


def _entered(session: Session, table: Any, cell: Any, *columns: str) -> int:
    """How many rows of a cell a person has filled."""
    filled = or_(*(getattr(table, column).is_not(None) for column in columns))
    query = select(func.count()).select_from(table).where(table.cell_id == cell.id, filled)
    return session.scalar(query) or 0
