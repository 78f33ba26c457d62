"""What is written of results: gradebook, notebooks, pages and receipts, each whole or not at all.

What cannot be written when a result comes is tried again when all have come. Where that fails too
it is told, and nothing is lost: the journal has the results, and the same command writes them.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.feedback import write_class, write_student
from autograder.files import clear_drafts
from autograder.grade import Exam, Graded
from autograder.nbgrader import Gradebook, GradebookError, write_autograded, write_config
from autograder.receipts import write_receipt
from autograder.results import Result

Write = Callable[[Graded], object]


class Outputs:
    """Writes results below one folder."""

    def __init__(self, out: Path, exam: Exam, gradebook: Gradebook) -> None:
        self._out = out
        self._exam = exam
        self._kinds = [
            _Kind("grades", lambda graded: gradebook.record(graded.result)),
            _Kind("notebook", self._notebook),
            _Kind("page", self._page),
            _Kind("receipt", self._receipt),
        ]

    @classmethod
    @contextmanager
    def open(cls, out: Path, exam: Exam, course: Path, database: str) -> Iterator["Outputs"]:
        """Open all that results are written to.

        Args:
            course: the course folder.
            database: the gradebook's address; "" for a file in the folder.

        Raises:
            GradebookError: the database cannot be used.
            OSError: the folder cannot be written.
        """
        _clear(out, exam.assignment)
        path = database or out / "gradebook.db"
        with Gradebook.open(path, exam.assignment, exam.release) as gradebook:
            write_config(out, course, database or None)
            yield cls(out, exam, gradebook)

    def write(self, graded: Graded) -> None:
        """Write all that is written of a result, as far as that is possible now."""
        for kind in self._kinds:
            kind.write(graded)

    def finish(self, results: Sequence[Result]) -> tuple[Path | None, list[str]]:
        """Write what could not be written before, and the class page.

        Returns:
            where that page is, and what could not be written, one line each.
        """
        problems = [line for kind in self._kinds for line in kind.finish()]
        try:
            return write_class(self._out, self._exam.assignment, results), problems
        except (OSError, ValueError) as error:
            return None, [*problems, _problem("the class page", error)]

    def _notebook(self, graded: Graded) -> None:
        release, result = self._exam.release, graded.result
        write_autograded(self._out, release, result, graded.notebook, graded.outputs)

    def _page(self, graded: Graded) -> None:
        if self._tells_all(graded):
            write_student(self._out, graded.result)

    def _receipt(self, graded: Graded) -> None:
        if self._tells_all(graded):
            write_receipt(self._out, graded.result)

    def _tells_all(self, graded: Graded) -> bool:
        """Whether a result is about all checks, as a student's page is."""
        return len(graded.result.verdicts) == len(self._exam.questions)


class _Kind:
    """One kind of thing that is written of each result."""

    def __init__(self, name: str, write: Write) -> None:
        self._name = name
        self._write = write
        self._waiting: list[Graded] = []

    def write(self, graded: Graded) -> None:
        """Write it, unless that failed before: to find a database locked takes seconds."""
        if self._waiting:
            self._waiting.append(graded)
            return
        try:
            self._write(graded)
        except (OSError, ValueError, GradebookError):
            self._waiting.append(graded)

    def finish(self) -> Iterator[str]:
        """Try what waits once more, and say what cannot be written."""
        failed: list[str] = []
        first: Exception | None = None
        while self._waiting:
            graded = self._waiting.pop(0)
            try:
                if not isinstance(first, GradebookError):  # it would fail for all
                    self._write(graded)
                    continue
            except (OSError, ValueError, GradebookError) as error:
                first = first or error
            failed.append(graded.result.student)
        if first:
            others = f" and {len(failed) - 1} more" if len(failed) > 1 else ""
            yield _problem(f"the {self._name} of {failed[0]}{others}", first)


def _problem(what: str, error: Exception) -> str:
    reason = getattr(error, "strerror", None) or error
    return f"{what} could not be written: {reason}; mend that and run the same command again"


def _clear(out: Path, assignment: str) -> None:
    """Delete the drafts of a run that was killed."""
    pages = out / "pages" / assignment
    notebooks = out.glob(f"autograded/*/{assignment}")
    for folder in (out, pages, pages / "students", out / "receipts" / assignment, *notebooks):
        clear_drafts(folder)
