"""nbgrader's gradebook: an assignment's cells, and what each student earned."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode

from autograder.results import Result


class GradebookError(Exception):
    """A database that cannot be used, in one line with what to do."""


class Gradebook:
    """One assignment in nbgrader's database. To be used in the thread that opened it."""

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
        raise NotImplementedError

    def record(self, result: Result) -> None:
        """Write a result whole or not at all; what people entered stays.

        Raises:
            GradebookError: it was not written.
        """
        raise NotImplementedError
