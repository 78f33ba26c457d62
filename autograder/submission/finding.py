"""Who handed in what: one `Submission` per student, whatever the layout."""

from dataclasses import dataclass, field
from pathlib import Path

from autograder.submission.errors import Unreadable
from autograder.submission.files import MAX_BYTES, Source


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment. It can be pickled.

    Args:
        student: the id, usable as a folder's name and in nbgrader's database.
        path: where the notebook lies below the folder or zip that was searched; one line, for
            display.
        problem: why there is nothing to read, one line, or None.
        notes: what the instructor and the student should know, such as "handed in late".
    """

    student: str
    assignment: str
    path: str
    problem: str | None = None
    notes: tuple[str, ...] = ()
    source: Source | None = field(default=None, repr=False)

    def read_bytes(self, limit: int = MAX_BYTES) -> bytes:
        """The notebook's bytes.

        Raises:
            Unreadable: there is none, it is not a regular file, or it is larger than `limit`.
        """
        if self.problem is not None or self.source is None:
            raise Unreadable(self.problem or f"{self.path} has no notebook; hand one in")
        return self.source.read(self.path, limit)


def find(source: Path, assignment: str) -> list[Submission]:
    """The submissions in a folder or zip, one per student, sorted by student.

    Raises:
        SubmissionError: there are none; the line says what was looked for and what was found.
    """
    raise NotImplementedError
