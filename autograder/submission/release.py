"""The instructor's release notebook, by the ids that nbgrader's metadata gives its cells."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import Enum, auto
from functools import cached_property

from nbformat import NotebookNode

from autograder.submission.code import code_digest, is_blank, text_digest


class Role(Enum):
    """Whose a cell of the release is."""

    SOLUTION = auto()  # the student fills it in
    CHECK = auto()  # ours, and not run: the grader asks instead
    LOCKED = auto()  # ours: prose and code that prepares


@dataclass(frozen=True)
class Part:
    """A cell of the release that submissions are matched with."""

    grade_id: str
    role: Role
    cell: NotebookNode

    @property
    def source(self) -> str:
        return str(self.cell.source)

    @property
    def is_code(self) -> bool:
        return bool(self.cell.cell_type == "code")

    @property
    def is_solution(self) -> bool:
        return self.role is Role.SOLUTION

    @property
    def is_preparation(self) -> bool:
        """Whether it is ours and prepares: text, imports, data."""
        return self.role is Role.LOCKED

    @cached_property
    def digest(self) -> str:
        """What it says, as `digest_of` tells."""
        return digest_of(self.cell)

    def is_unchanged(self, source: str) -> bool:
        """Whether a student's version of it says what the release's does."""
        if source == self.source:
            return True
        return (code_digest if self.is_code else text_digest)(source) == self.digest

    def is_untouched(self, source: str) -> bool:
        """Whether a student's version of it holds no answer: the stub, or nothing."""
        return self.is_unchanged(source) or (
            is_blank(source) if self.is_code else not source.strip()
        )


def digest_of(cell: NotebookNode) -> str:
    """What two cells of a type share that say the same."""
    return (code_digest if cell.cell_type == "code" else text_digest)(cell.source)


def parts_of(release: NotebookNode) -> dict[str, Part]:
    """The cells with a grade id, in their order. Others are the student's to keep or delete.

    Raises:
        ValueError: two cells have the same id.
    """
    parts: dict[str, Part] = {}
    for cell in release.cells:
        grade_id, role = grade_id_of(cell), _role(cell.metadata.get("nbgrader", {}))
        if grade_id is None or role is None:
            continue
        if grade_id in parts:
            raise ValueError(f"the release has two cells {grade_id!r}; build it again")
        parts[grade_id] = Part(grade_id, role, cell)
    return parts


def grade_id_of(cell: NotebookNode) -> str | None:
    """What the cell claims to be."""
    claims = cell.metadata.get("nbgrader")
    grade_id = claims.get("grade_id") if isinstance(claims, dict) else None
    return grade_id if isinstance(grade_id, str) and grade_id else None


def points_by_hand(notebook: NotebookNode) -> float:
    """The points that an instructor gives, and no check: for words, and for nbgrader's tasks."""
    return sum(_by_hand(cell.metadata.get("nbgrader")) for cell in notebook.cells)


def _by_hand(claims: object) -> float:
    if not isinstance(claims, Mapping):
        return 0.0
    points = claims.get("points")
    asked = claims.get("task") or (claims.get("grade") and claims.get("solution"))
    if not asked or not isinstance(points, int | float) or not 0 < points < math.inf:
        return 0.0
    return float(points)


def _role(metadata: Mapping[str, object]) -> Role | None:
    if metadata.get("solution"):
        return Role.SOLUTION
    if metadata.get("grade"):
        return Role.CHECK
    return Role.LOCKED if metadata.get("locked") or metadata.get("task") else None


def solutions_of(parts: Iterable[Part]) -> dict[str, tuple[str, ...]]:
    """For each check, the code solution cells since the check before it.

    A check without any of its own judges the same cells as the one before.
    """
    judged: dict[str, tuple[str, ...]] = {}
    since: list[str] = []
    latest: tuple[str, ...] = ()
    for part in parts:
        if part.is_solution and part.is_code:
            since.append(part.grade_id)
        elif part.role is Role.CHECK:
            latest = tuple(since) or latest
            judged[part.grade_id] = latest
            since = []
    return judged
