"""Which of a student's cells stands for which cell of the release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from nbformat import NotebookNode

from autograder.submission.errors import one_line
from autograder.submission.release import Part, grade_id_of

# What nbgrader's metadata say that decides about points; the rest is of no consequence.
_CLAIMS = ("grade", "solution", "locked", "points", "task")


@dataclass(frozen=True)
class Slot:
    """A place in the rebuilt notebook.

    Args:
        part: the release's cell that it stands for, or None for the student's own.
        frame: the cell that decides about type, metadata and id.
        content: the cell whose source counts.
        missing: whether the student's notebook had no such cell.
    """

    part: Part | None
    frame: NotebookNode
    content: NotebookNode
    missing: bool = False

    @property
    def is_code(self) -> bool:
        return bool(self.frame.cell_type == "code")

    @property
    def source(self) -> str:
        return str(self.content.source)


@dataclass
class Repairs:
    """What had to be mended: lines for the student, cells of text counted rather than listed."""

    lines: list[str] = field(default_factory=list)
    texts: dict[str, int] = field(default_factory=dict)

    def add(self, part: Part, what: str, remedy: str) -> None:
        if part.is_code or part.is_solution:
            self.lines.append(f"{named(part.grade_id)} {what}; {remedy}")
        else:
            self.texts[what] = self.texts.get(what, 0) + 1

    def all(self) -> tuple[str, ...]:
        counted = (
            f"{'a cell' if n == 1 else f'{n} cells'} of the assignment's text {what}; put back"
            for what, n in self.texts.items()
        )
        return (*self.lines, *counted)


def named(grade_id: str) -> str:
    return f"the cell '{one_line(grade_id, 60)}'"


def match(cells: Sequence[NotebookNode], parts: Mapping[str, Part], repairs: Repairs) -> list[Slot]:
    """A slot for every cell that is kept, in the student's order."""
    copies: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if grade_id := grade_id_of(cell):
            copies.setdefault(grade_id, []).append(index)
    holders: dict[int, Part] = {}
    left_out: set[int] = set()
    for grade_id, indices in copies.items():
        if part := parts.get(grade_id):
            holder, dropped = _choose(part, cells, indices)
            holders[holder] = part
            left_out |= dropped
            repairs.lines += _duplicates(part, len(indices), len(dropped))
        else:
            repairs.lines.append(
                f"{named(grade_id)} is not the assignment's; it counts as your own"
            )
    for index, part in holders.items():
        _compare(cells[index], part, repairs)
    return [
        _slot(holders.get(index), cell) for index, cell in enumerate(cells) if index not in left_out
    ]


def _slot(part: Part | None, cell: NotebookNode) -> Slot:
    if part is None:
        return Slot(None, cell, cell)
    return Slot(part, part.cell, cell if part.is_solution else part.cell)


def _choose(
    part: Part, cells: Sequence[NotebookNode], indices: Sequence[int]
) -> tuple[int, set[int]]:
    """Which of the copies of a cell stands for it, and which say nothing of their own."""
    if not part.is_solution:
        same = [index for index in indices if part.is_unchanged(cells[index].source)]
        holder = (same or indices)[0]
        return holder, set(same) - {holder}
    empty = {index for index in indices if part.is_untouched(cells[index].source)}
    answers = [index for index in indices if index not in empty]
    if not answers:
        return indices[0], empty - {indices[0]}
    # A copy put away as text is a note, and must not be run over the answer.
    typed = [index for index in answers if cells[index].cell_type == part.cell.cell_type]
    return (typed or answers)[-1], empty


def _duplicates(part: Part, copies: int, dropped: int) -> Iterator[str]:
    if copies == 1:
        return
    kept = copies - dropped
    there = f"{named(part.grade_id)} was there {copies} times"
    if kept == 1:
        yield f"{there}; the copies without anything of yours were left out"
    elif part.is_solution:
        yield f"{there}; the last answer stands for it, the others count as cells of your own"
    else:
        yield f"{there}; the changed copies count as cells of your own"


def _compare(cell: NotebookNode, part: Part, repairs: Repairs) -> None:
    """Note what the student's cell claims other than the release's."""
    if cell.cell_type != part.cell.cell_type:
        kinds = f"had been made {cell.cell_type}", f"it is {part.cell.cell_type} again"
        repairs.add(part, *kinds)
    if not part.is_solution and not part.is_unchanged(cell.source):
        repairs.add(part, "had been changed", "the original was put back")
    ours, claims = part.cell.metadata.nbgrader, cell.metadata.nbgrader
    if any(key in claims and claims[key] != ours.get(key, False) for key in _CLAIMS):
        line = "had other points or locks than the assignment's; the assignment's count"
        repairs.lines.append(f"{named(part.grade_id)} {line}")
