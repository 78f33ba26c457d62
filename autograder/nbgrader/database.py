"""nbgrader's gradebook: an assignment's cells, and what each student earned."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader import api
from sqlalchemy import select
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session

from autograder.nbgrader.cells import align, fill
from autograder.nbgrader.connecting import GradebookError, address, explained, prepare
from autograder.nbgrader.layout import answers
from autograder.nbgrader.markdown import quoted
from autograder.nbgrader.plain import told
from autograder.results import Result, Verdict, VerdictKind

COURSE = "default_course"
"""What nbgrader calls a course whose name it is not told."""


class Gradebook:
    """One assignment in nbgrader's database. To be used in the thread that opened it."""

    def __init__(self, url: URL, session: Session, notebook: Any, answers: Mapping[str, str]):
        self._url = url
        self._session = session
        self._notebook = notebook.id
        self._assignment = notebook.assignment.id
        self._answers = answers
        self._checks: dict[str, str] = {cell.name: cell.id for cell in notebook.grade_cells}
        self._solutions: dict[str, str] = {cell.name: cell.id for cell in notebook.solution_cells}

    @classmethod
    @contextmanager
    def open(
        cls, database: str | Path, assignment: str, release: NotebookNode
    ) -> Iterator["Gradebook"]:
        """Open a database, made if new, with its cells and points as the release has them.

        Args:
            database: the path of an SQLite file, or an SQLAlchemy URL.
            release: the notebook as students got it.

        Raises:
            GradebookError: it cannot be used; nothing has been written.
        """
        url = address(database)
        with explained(url):
            prepare(url, COURSE)
            opened = api.Gradebook(url.render_as_string(hide_password=False), COURSE)
        try:
            with explained(url):
                notebook = align(opened.db, assignment, release, COURSE)
                opened.db.commit()
                gradebook = cls(url, opened.db, notebook, answers(release))
            yield gradebook
        finally:
            opened.close()

    def record(self, result: Result) -> None:
        """Write a result whole or not at all; what people entered stays.

        Checks that the result is not about, or that it leaves ungraded, keep what they had.

        Raises:
            GradebookError: it was not written.
        """
        try:
            with explained(self._url):
                self._write(result)
                self._session.commit()
        except BaseException:
            self._session.rollback()
            raise

    def _write(self, result: Result) -> None:
        submitted = self._submitted(result.student)
        grades = {grade.cell_id: grade for grade in submitted.grades}
        verdicts = [one for one in result.verdicts if one.kind is not VerdictKind.UNGRADED]
        for verdict in verdicts:
            _score(grades[self._cell(verdict.check)], verdict.score)
        comments = {comment.cell_id: comment for comment in submitted.comments}
        for name, text in _remarks(verdicts, self._answers).items():
            comments[self._solutions[name]].auto_comment = text

    def _cell(self, check: str) -> str:
        try:
            return self._checks[check]
        except KeyError:
            line = f"the released notebook has no cell for the check {check}"
            raise GradebookError(f"{line}; run `autograder build`") from None

    def _submitted(self, student: str) -> Any:
        """A student's notebook in the database, with a place for every grade and comment."""
        found = self._session.scalar(
            select(api.SubmittedNotebook)
            .join(api.SubmittedAssignment)
            .where(
                api.SubmittedNotebook.notebook_id == self._notebook,
                api.SubmittedAssignment.student_id == student,
            )
        )
        return found if found is not None else self._submit(student)

    def _submit(self, student: str) -> Any:
        if self._session.get(api.Student, student) is None:
            self._session.add(api.Student(id=student))
        owned = {"assignment_id": self._assignment, "student_id": student}
        submission = self._session.scalar(select(api.SubmittedAssignment).filter_by(**owned))
        if submission is None:
            submission = api.SubmittedAssignment(**owned)
            self._session.add(submission)
        notebook = self._session.get_one(api.Notebook, self._notebook)
        submitted = api.SubmittedNotebook(notebook=notebook, assignment=submission)
        self._session.add(submitted)
        fill(self._session, submitted, notebook)
        self._session.flush()
        return submitted


def _score(grade: Any, score: float) -> None:
    """Set the automatic score. Where it changes below a person's, that person looks again."""
    if grade.manual_score is None:
        grade.needs_manual_grade = False
    elif grade.auto_score != score:
        grade.needs_manual_grade = True
    grade.auto_score = score


def _remarks(verdicts: list[Verdict], answers: Mapping[str, str]) -> dict[str, str | None]:
    """The automatic comment on each solution cell: what its checks say, where they say anything.

    nbgrader's feedback reads a comment as Markdown, hence the block of code.
    """
    texts: dict[str, list[str]] = {}
    for verdict in verdicts:
        if cell := answers.get(verdict.check):
            said = [] if verdict.kind is VerdictKind.PASSED else [told(verdict)]
            texts.setdefault(cell, []).extend(said)
    return {cell: quoted("\n\n".join(said)) if said else None for cell, said in texts.items()}
