"""Which of a student's cells stands for which cell of the release."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.submission.recognizing import Holders, last_defining, recognize
from autograder.submission.release import Part, grade_id_of
from autograder.submission.repairs import Mended, Repairs, named

_TOLD = 5  # ids that are not the assignment's

# What nbgrader's metadata say that decides about points; the rest is of no consequence.
_CLAIMS = ("grade", "solution", "locked", "points", "task")

CHANGED = Mended("had been changed", "the original was put back", "the originals were put back")
CLAIMS = Mended(
    "has other points or locks than the assignment has now",
    "the assignment's count",
    were="have other points or locks than the assignment has now",
)
EMPTY = Mended(
    "was empty",
    "your own cell that defines it stands for it",
    "your own cells that define them stand for them",
    were="were empty",
)
SPLIT = Mended("had been split", "the cell that defines what is asked for runs too")


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


def match(cells: Sequence[NotebookNode], parts: Mapping[str, Part], repairs: Repairs) -> list[Slot]:
    """A slot for every cell that is kept, in the student's order."""
    copies: dict[str, list[int]] = {}
    for index, cell in enumerate(cells):
        if grade_id := grade_id_of(cell):
            copies.setdefault(grade_id, []).append(index)
    holders: Holders = {}
    left_out: set[int] = set()
    for grade_id, indices in copies.items():
        if part := parts.get(grade_id):
            holder, dropped = _choose(part, cells, indices)
            holders[holder] = part
            left_out |= dropped
            if len(indices) > 1:
                repairs.add(part, _copied(part, len(indices), len(dropped)))
    spare = [index for index in range(len(cells)) if index not in left_out]
    left_out |= _answered_elsewhere(cells, spare, holders, repairs)
    for _, part, how in recognize(cells, parts, holders, left_out):
        if how:
            repairs.add(part, how)
    for line in _strangers(copies, parts, holders):
        repairs.say(line)
    for index, part in holders.items():
        _compare(cells[index], part, repairs)
    return [
        _slot(holders.get(index), cell) for index, cell in enumerate(cells) if index not in left_out
    ]


def _answered_elsewhere(
    cells: Sequence[NotebookNode], spare: Sequence[int], holders: Holders, repairs: Repairs
) -> set[int]:
    """Where an answer stands in a cell of the student's own, let that one stand for the part.

    Returns:
        the empty cells that are left out, or the stub would replace the answer.
    """
    empty: set[int] = set()
    for index, part in list(holders.items()):
        own = last_defining(cells, [i for i in spare if i not in holders], part)
        if own is None:
            continue
        if part.is_untouched(cells[index].source):
            holders[own] = holders.pop(index)
            empty.add(index)
            repairs.add(part, EMPTY)
        elif last_defining(cells, [index], part) is None:
            repairs.add(part, SPLIT)
    return empty


def _strangers(
    copies: Mapping[str, Sequence[int]],
    parts: Mapping[str, Part],
    holders: Holders,
) -> Iterator[str]:
    """A line for each id that is none of the assignment's, unless its cell was recognised."""
    strange = [
        grade_id
        for grade_id, indices in copies.items()
        if grade_id not in parts and not set(indices) <= holders.keys()
    ]
    for grade_id in strange[:_TOLD]:
        yield f"{named(grade_id)} is not the assignment's; it counts as your own"
    if more := strange[_TOLD:]:
        yield f"the cells of {len(more)} more ids are not the assignment's; they count as your own"


def _slot(part: Part | None, cell: NotebookNode) -> Slot:
    if part is None:
        return Slot(None, cell, cell)
    return Slot(part, part.cell, cell if part.is_solution else part.cell)


def _choose(
    part: Part, cells: Sequence[NotebookNode], indices: Sequence[int]
) -> tuple[int, set[int]]:
    """Which of the copies of a cell stands for it, and which say nothing of their own."""
    if len(indices) == 1:
        return indices[0], set()
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


def _copied(part: Part, copies: int, dropped: int) -> Mended:
    """What is told of a cell that was there more than once."""
    was, were = (f"{verb} there {copies} times" for verb in ("was", "were"))
    if copies - dropped == 1:
        return Mended(was, "the copies without anything of yours were left out", were=were)
    if part.is_solution:
        others = "the others count as cells of your own"
        it, each = (f"the last answer stands for {one}, {others}" for one in ("it", "each"))
        return Mended(was, it, each, were)
    return Mended(was, "the changed copies count as cells of your own", were=were)


def _compare(cell: NotebookNode, part: Part, repairs: Repairs) -> None:
    """Note what the student's cell claims other than the release's."""
    if cell.cell_type != part.cell.cell_type:
        ours = part.cell.cell_type
        was = f"had been made {cell.cell_type}"
        repairs.add(part, Mended(was, f"it is {ours} again", f"they are {ours} again"))
    if not part.is_solution and not part.is_unchanged(cell.source):
        repairs.add(part, CHANGED)
    ours, claims = part.cell.metadata.nbgrader, cell.metadata.get("nbgrader", {})
    if any(key in claims and claims[key] != ours.get(key, False) for key in _CLAIMS):
        repairs.add(part, CLAIMS)
