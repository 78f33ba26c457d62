"""What nbgrader is told of each cell: which are answers, which are checked, which are locked."""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from autograder.authoring.errors import BuildError
from autograder.authoring.regions import has_region, split
from autograder.authoring.text import TextCell
from autograder.checks import Check

CHECK_CELL = re.compile(r"""check\((["'])(?P<name>[^"'\n]*)\1\)""")
GRADE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""What nbformat allows as a cell's id: the built cells bear their grade ids."""


@dataclass(frozen=True)
class Role:
    """nbgrader's metadata of one cell. `points` is given for graded cells only."""

    grade_id: str
    grade: bool = False
    solution: bool = False
    points: float | None = None

    def as_metadata(self) -> dict[str, Any]:
        """The cell metadata `nbgrader`, of its schema 3."""
        metadata = {
            "schema_version": 3,
            "grade_id": self.grade_id,
            "grade": self.grade,
            "solution": self.solution,
            "locked": not self.solution,
            "task": False,
        }
        return metadata if self.points is None else metadata | {"points": self.points}


def assign_roles(cells: Sequence[TextCell], checks: Sequence[Check]) -> list[Role | None]:
    """The role of each cell; None for cells that stay the student's own.

    Raises:
        BuildError: cells and checks do not fit together; the line names the cell or the check.
    """
    points = {check.name: _positive(check.max_score, f"check {check.name!r}") for check in checks}
    _match([name for cell in cells if (name := _checked(cell))], points)
    answers = dict(_answer_ids(cells))
    taken: Counter[str] = Counter()
    setup = next((cell.number for cell in cells if cell.kind == "code"), 0)
    roles = []
    for cell in cells:
        role = _role(cell, points, answers)
        if role is None and not cell.options.get("open"):
            role = _locked(cell, taken, setup)
        roles.append(role)
    _unambiguous(roles)
    return roles


def _role(cell: TextCell, points: Mapping[str, float], answers: Mapping[int, str]) -> Role | None:
    """The role of a cell in which the student answers or is checked."""
    _fitting_options(cell)
    if "manual" in cell.options:
        worth = _positive(cell.options.get("points"), cell.where)
        return Role(str(cell.options["manual"]), grade=True, solution=True, points=worth)
    if name := _checked(cell):
        return Role(name, grade=True, points=points[name])
    if cell.number in answers:
        return Role(answers[cell.number], solution=True)
    return None


def _locked(cell: TextCell, taken: Counter[str], setup: int) -> Role:
    """A cell that explains or prepares. Equal ones are told apart by their order."""
    if given := cell.options.get("grade_id"):
        return Role(str(given))
    if cell.number == setup:
        return Role("setup")
    derived = f"{cell.kind}-{sha256(cell.source.encode()).hexdigest()[:8]}"
    taken[derived] += 1
    return Role(derived if taken[derived] == 1 else f"{derived}-{taken[derived]}")


def _checked(cell: TextCell) -> str | None:
    """The check that a check cell names."""
    match = CHECK_CELL.fullmatch(cell.source.strip()) if cell.kind == "code" else None
    return match["name"] if match else None


def _answer_ids(cells: Sequence[TextCell]) -> Iterator[tuple[int, str]]:
    """The grade id of each solution cell, by its number: after the check that follows it."""
    waiting: list[TextCell] = []
    for cell in cells:
        if name := _checked(cell):
            for index, answer in enumerate(waiting, 1):
                yield answer.number, f"{name}-solution" + (f"-{index}" if index > 1 else "")
            waiting = []
        elif _answers(cell):
            waiting.append(cell)
    if waiting:
        raise BuildError(f'{waiting[0].where}: no cell check("…") follows this solution')


def _answers(cell: TextCell) -> bool:
    """Whether a code cell is a solution that the next check judges."""
    if not has_region(cell.source):
        return False
    try:
        split(cell.source)
    except BuildError as error:
        raise BuildError(f"{cell.where}: {error}") from None
    if "manual" in cell.options:
        return False
    if cell.kind != "code" or cell.options.get("open"):
        raise BuildError(f"{cell.where} has a solution; only code and manual answers may")
    return True


def _match(named: Sequence[str], points: Mapping[str, float]) -> None:
    """Each check has its cell and each check cell its check, once."""
    for name, count in Counter(named).items():
        if name not in points:
            raise BuildError(f'check("{name}") has no Check in checks.py')
        if count > 1:
            raise BuildError(f'check("{name}") stands in {count} cells; expected one')
    if missing := [name for name in points if name not in named]:
        raise BuildError(
            f'check {missing[0]!r} has no cell; expected one with check("{missing[0]}")'
        )


def _fitting_options(cell: TextCell) -> None:
    """Options where nobody would look at them are mistakes."""
    given = set(cell.options)
    if "open" in given and not isinstance(cell.options["open"], bool):
        raise BuildError(f"{cell.where}: open is {cell.options['open']!r}, expected true or false")
    if "points" in given and "manual" not in given:
        raise BuildError(f"{cell.where}: a check's points stand in checks.py, not in the text")
    asked = bool(_checked(cell)) or (has_region(cell.source) and "manual" not in given)
    if len(given - {"points"}) + asked > 1:
        raise BuildError(f"{cell.where}: {', '.join(sorted(given))} does not belong to this cell")


def _positive(points: Any, where: str) -> float:
    if isinstance(points, int | float) and not isinstance(points, bool) and 0 < points < math.inf:
        return points
    raise BuildError(f"{where} has points {points!r}; expected a number above 0")


def _unambiguous(roles: Sequence[Role | None]) -> None:
    ids = [role.grade_id for role in roles if role]
    for grade_id, count in Counter(ids).items():
        if count > 1:
            raise BuildError(f"grade_id {grade_id!r} stands for {count} cells; name one otherwise")
        if not GRADE_ID.fullmatch(grade_id):
            raise BuildError(f"grade_id {grade_id!r}: 1 to 64 letters, digits, _ and - only")
