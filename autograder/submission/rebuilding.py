"""The instructor's notebook with the student's cells in it.

Points, locks, types and our own sources come from the release; from the student come the sources
of solution cells, their own cells, and the order.
"""

import copy
import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.submission.code import is_blank
from autograder.submission.errors import Unreadable
from autograder.submission.matching import Slot, match
from autograder.submission.moving import put_back
from autograder.submission.parsing import Parsed, notebook_of
from autograder.submission.release import Part, Role, parts_of, solutions_of
from autograder.submission.repairs import Mended, Repairs

DELETED = Mended("had been deleted", "it was put back", "they were put back")
EMPTIED = Mended("had been deleted", "the empty one was put back", "the empty ones were put back")


@dataclass(frozen=True)
class Cell:
    """A code cell to run.

    Args:
        index: its place in `Rebuilt.notebook.cells`.
        grade_id: the assignment's id of it, or None for the student's own cell.
        ours: whether its source comes from the release.
    """

    index: int
    grade_id: str | None
    source: str
    ours: bool


@dataclass(frozen=True)
class Rebuilt:
    """A submission as it is graded.

    Args:
        notebook: valid nbformat 4.5; metadata and locked cells are the release's; no outputs.
        cells: the code cells to run, in order. Check cells are not among them, nor are solution
            cells that were missing: their code may stand elsewhere, and the stub would replace it.
        repairs: what had to be mended, one line each, for the student.
        solutions: for each check, the grade ids of the code solution cells that it judges.
    """

    notebook: NotebookNode
    cells: tuple[Cell, ...]
    repairs: tuple[str, ...]
    solutions: Mapping[str, tuple[str, ...]]


def rebuild(student: Parsed, release: NotebookNode, assignment: str) -> Rebuilt:
    """Put the student's cells into the instructor's release notebook.

    Raises:
        Unreadable: the notebook has nothing of the assignment in it.
        ValueError: the release has two cells of one id.
    """
    parts = parts_of(release)
    repairs = Repairs()
    slots = match(student.notebook.cells, parts, repairs)
    if not any(slot.part for slot in slots):
        repairs = _without_ours(student, slots, assignment)
    else:
        _note_missing(slots, parts, repairs)
        slots = put_back(slots, parts, repairs)
    slots = _complete(slots, parts)
    return Rebuilt(
        _notebook(slots, release),
        tuple(_to_run(slots)),
        (*student.repairs, *repairs.all()),
        solutions_of(parts.values()),
    )


def _without_ours(student: Parsed, slots: Sequence[Slot], assignment: str) -> Repairs:
    """One line for a notebook in which no cell of the assignment is to be recognised."""
    if all(is_blank(slot.source) for slot in slots if slot.is_code):
        raise Unreadable(
            f"{student.name} has none of the cells of {assignment}; was another notebook handed in?"
        )
    line = f"no cell of {assignment} was recognised; all were put back around your own"
    repairs = Repairs()
    repairs.say(line)
    return repairs


def _note_missing(slots: Sequence[Slot], parts: Mapping[str, Part], repairs: Repairs) -> None:
    present = {slot.part.grade_id for slot in slots if slot.part}
    for part in parts.values():
        if part.grade_id not in present:
            repairs.add(part, EMPTIED if part.is_solution else DELETED)


def _complete(slots: Sequence[Slot], parts: Mapping[str, Part]) -> list[Slot]:
    """Put what is missing after its predecessor in the release."""
    following: dict[str | None, list[Slot]] = {}
    present = {slot.part.grade_id for slot in slots if slot.part}
    anchor: str | None = None
    for part in parts.values():
        if part.grade_id in present:
            anchor = part.grade_id
        else:
            following.setdefault(anchor, []).append(Slot(part, part.cell, part.cell, missing=True))
    complete = following.get(None, [])
    for slot in slots:
        complete.append(slot)
        if slot.part:
            complete += following.get(slot.part.grade_id, [])
    return complete


def _notebook(slots: Sequence[Slot], release: NotebookNode) -> NotebookNode:
    """The rebuilt notebook, its cell ids the release's and then numbers."""
    taken = {slot.part.cell.get("id") for slot in slots if slot.part}
    spare = (name for n in itertools.count(1) if (name := f"student-{n}") not in taken)
    cells = [_cell(slot, spare) for slot in slots]
    return notebook_of(cells, copy.deepcopy(release.metadata))


def _cell(slot: Slot, spare: Iterator[str]) -> NotebookNode:
    own_id = slot.frame.get("id") if slot.part else None
    cell = NotebookNode(id=own_id or next(spare), cell_type=slot.frame.cell_type)
    # A student's own cell has nothing to say to nbgrader, nor has the rest of its metadata.
    cell.metadata = copy.deepcopy(slot.frame.metadata) if slot.part else NotebookNode()
    cell.source = slot.source
    if slot.is_code:
        cell.outputs, cell.execution_count = [], None
    elif "attachments" in slot.content:
        cell.attachments = copy.deepcopy(slot.content.attachments)
    return cell


def _to_run(slots: Sequence[Slot]) -> Iterator[Cell]:
    for index, slot in enumerate(slots):
        part = slot.part
        if not slot.is_code:
            continue
        if part is None:
            if not is_blank(slot.source):
                yield Cell(index, None, slot.source, ours=False)
        elif part.role is Role.LOCKED:
            yield Cell(index, part.grade_id, slot.source, ours=True)
        elif part.is_solution and not slot.missing:
            yield Cell(index, part.grade_id, slot.source, ours=False)
