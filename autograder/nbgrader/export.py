"""`nbgrader export` with its own columns, and no cell that a spreadsheet takes for a formula."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from nbgrader.api import MissingEntry
from nbgrader.plugins import CsvExportPlugin

from autograder.spreadsheet import Cell, table

COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


class CsvExport(CsvExportPlugin):  # type: ignore[misc]
    """The exporter that our settings name; its options are nbgrader's."""

    def export(self, gradebook: Any) -> None:
        path = Path(self.to or "grades.csv")
        self.log.info("Exporting grades to %s", path)
        # Bytes, because UTF-8 and the ends of lines do not depend on the machine.
        path.write_bytes(table([COLUMNS, *self._rows(gradebook)]).encode())

    def _rows(self, gradebook: Any) -> Iterator[list[Cell]]:
        students, assignments = set(map(str, self.student)), set(map(str, self.assignment))
        for assignment in gradebook.assignments:
            for student in gradebook.students:
                if assignments and assignment.name not in assignments:
                    continue
                if not students or student.id in students:
                    yield _row(gradebook, assignment, student)


def _row(gradebook: Any, assignment: Any, student: Any) -> list[Cell]:
    """One student's grade; who handed in nothing has none of the points, as nbgrader has it."""
    try:
        submission = gradebook.find_submission(assignment.name, student.id)
    except MissingEntry:
        timestamp, score, penalty = None, 0.0, 0.0
    else:
        timestamp, score = submission.timestamp, submission.score
        penalty = submission.late_submission_penalty or 0.0
    return [
        *map(_text, (assignment.name, assignment.duedate, timestamp, student.id)),
        *map(_text, (student.last_name, student.first_name, student.email)),
        *(score, penalty, max(0.0, score - penalty), assignment.max_score),
    ]


def _text(value: object) -> str:
    return "" if value is None else str(value)
