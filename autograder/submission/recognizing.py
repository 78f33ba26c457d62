"""Cells that no longer say what they are, recognised by id, content, names or place.

Tools that notebooks pass through drop nbgrader's metadata, people paste their answer into a new
cell; the code is the same.
"""

import ast
from collections.abc import Iterator, Mapping, Sequence

from nbformat import NotebookNode

from autograder.kinds.naming import defines
from autograder.submission.code import is_blank
from autograder.submission.release import Part, digest_of
from autograder.submission.repairs import Mended

Holders = dict[int, Part]
"""The release's cells by the place of the student's cell that stands for each."""

BY_ID = Mended(
    "was recognised by its id",
    "nbgrader's marks were gone or said another name",
    were="were recognised by their ids",
)
BY_PLACE = Mended("was recognised by its place", "", were="were recognised by their places")


def names_of(part: Part) -> tuple[str, ...]:
    """The functions and classes that a solution cell of the release is there to define."""
    if not (part.is_solution and part.is_code):
        return ()
    try:
        tree = ast.parse(part.source)
    except (SyntaxError, ValueError):
        return ()
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    return tuple(node.name for node in tree.body if isinstance(node, kinds))


def recognize(
    cells: Sequence[NotebookNode], parts: Mapping[str, Part], holders: Holders, left_out: set[int]
) -> Iterator[tuple[int, Part, Mended | None]]:
    """Find cells for the parts that have none, adding them to `holders`.

    Yields:
        the place of each, its part, and what is told of that; nothing where it is just as the
        release's.
    """
    for search in (_by_id, _by_content, _by_names, _by_place):
        free = [i for i in range(len(cells)) if i not in holders and i not in left_out]
        for index, part, how in list(search(cells, free, parts, holders)):
            if index not in holders and part not in holders.values():
                holders[index] = part
                yield index, part, how


Found = Iterator[tuple[int, Part, Mended | None]]
Indices = Sequence[int]


def _missing(parts: Mapping[str, Part], holders: Holders) -> list[Part]:
    present = {part.grade_id for part in holders.values()}
    return [part for part in parts.values() if part.grade_id not in present]


def _by_id(
    cells: Sequence[NotebookNode], free: Indices, parts: Mapping[str, Part], holders: Holders
) -> Found:
    missing = {part.cell.get("id"): part for part in _missing(parts, holders)}
    for index in free:
        part = missing.get(cells[index].id)
        if part and (part.is_solution or part.is_unchanged(cells[index].source)):
            yield index, part, BY_ID if part.is_solution else None


def _by_content(
    cells: Sequence[NotebookNode], free: Indices, parts: Mapping[str, Part], holders: Holders
) -> Found:
    missing = _missing(parts, holders)
    same: dict[tuple[str, str], list[int]] = {}  # so that each cell is read once
    for index in free if missing else ():
        same.setdefault((cells[index].cell_type, digest_of(cells[index])), []).append(index)
    for part in missing:
        for index in same.get((part.cell.cell_type, part.digest), ()):
            yield index, part, None


def _by_names(
    cells: Sequence[NotebookNode], free: Indices, parts: Mapping[str, Part], holders: Holders
) -> Found:
    """The last cell that defines what the part asks for, as the last answer counts."""
    for part in _missing(parts, holders):
        index = last_defining(cells, free, part)
        if index is not None:
            yield index, part, _by_what(part)


def _by_what(part: Part) -> Mended:
    names = ", ".join(names_of(part))
    were = "were recognised by what they define"
    return Mended("was recognised by what it defines", "", were=were, detail=names)


def last_defining(cells: Sequence[NotebookNode], indices: Sequence[int], part: Part) -> int | None:
    """The last of some code cells that defines a name that a solution cell is there for."""
    names = names_of(part)
    for index in reversed(indices):
        cell = cells[index]
        if cell.cell_type == "code" and any(defines(cell.source, name) for name in names):
            return index
    return None


def _by_place(
    cells: Sequence[NotebookNode], free: Indices, parts: Mapping[str, Part], holders: Holders
) -> Found:
    """The only cell with anything in it between the neighbours of the only part missing there."""
    gaps: dict[tuple[int, int], list[Part]] = {}
    for part in _missing(parts, holders):
        if part.is_solution:
            gaps.setdefault(_gap(part, parts, holders, len(cells)), []).append(part)
    for (before, after), lost in gaps.items():
        fitting = [
            index for index in free if before < index < after and _fits(cells[index], lost[0])
        ]
        if len(lost) == len(fitting) == 1:
            yield fitting[0], lost[0], BY_PLACE


def _gap(part: Part, parts: Mapping[str, Part], holders: Holders, end: int) -> tuple[int, int]:
    """The places of the nearest cells that are there before and after it, or the ends."""
    where = {held.grade_id: index for index, held in holders.items()}
    ids = list(parts)
    own = ids.index(part.grade_id)
    before = next((where[one] for one in reversed(ids[:own]) if one in where), -1)
    after = next((where[one] for one in ids[own:] if one in where), end)
    return (before, after) if where else (end, end)


def _fits(cell: NotebookNode, part: Part) -> bool:
    if cell.cell_type != part.cell.cell_type:
        return False
    return not is_blank(cell.source) if part.is_code else bool(cell.source.strip())
