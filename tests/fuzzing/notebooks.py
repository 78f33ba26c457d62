"""Notebooks of our own course, changed at the level of cells, of JSON and of bytes."""

import copy
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.submission import MAX_BYTES
from tests.fuzzing.mutations import byte_changes, dumped, json_changes, texts, values

ROOT = Path(__file__).parents[2]
FOLDERS = ("assignments", "solutions", "examples/class")
PICTURES = re.compile(r"(data:image/[a-z+]+;base64,.{40})[^)\"]*")
"""Pictures in the text, of which all but the beginning goes: they would take nearly all changes."""

FLOODS = (1, 1, 1, 1, 2, 2, 3, 3, 40, 40, 40, 300, 300, 3_000)


@dataclass(frozen=True)
class Assignment:
    """A release, and notebooks that were made of it."""

    name: str
    release: NotebookNode
    seeds: tuple[bytes, ...]


def assignment(name: str, cells: int | None = None) -> Assignment:
    """An assignment of our course without pictures.

    Args:
        cells: how many cells of the release there are; its first ones, or all.
    """
    folder = ROOT / "assignments" / name
    release = nbformat.reads(_slim(folder / f"{name}.ipynb").decode(), as_version=4)
    gone = {marks(cell).get("grade_id") for cell in release.cells[cells:]} if cells else set()
    release.cells = release.cells[:cells]
    paths = [path for one in FOLDERS for path in sorted((ROOT / one).glob(f"**/{name}.ipynb"))]
    seeds = dict.fromkeys(_without(_slim(path), gone - {None}) for path in paths)
    return Assignment(name, release, tuple(seeds))


def _slim(path: Path) -> bytes:
    return PICTURES.sub(r"\1", path.read_text(encoding="utf-8")).encode()


def _without(data: bytes, gone: set[str]) -> bytes:
    """A notebook up to the first of some cells, where it is a notebook."""
    if (document := _document(data)) is None or not gone:
        return data
    cells = document["cells"]
    ends = (i for i, cell in enumerate(cells) if marks(cell).get("grade_id") in gone)
    document["cells"] = cells[: next(ends, None)]
    return json.dumps(document).encode()


@st.composite
def notebooks(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """One of some notebooks with a few changes, each at one of the three levels."""
    data = draw(st.sampled_from(seeds))
    level = draw(st.sampled_from(("cells", "cells", "json", "json", "both", "bytes")))
    document = _document(data)
    if document is not None and level != "bytes":
        if level != "json":
            document["cells"] = draw(edited(document["cells"]))
        for _ in range(0 if level == "cells" else draw(st.integers(1, 3))):
            document = draw(json_changes(document))
        if draw(st.integers(0, 19)) == 19:
            document = _old(document)
        data = dumped(document)
    for _ in range(draw(st.integers(0, 3)) if level == "bytes" else draw(st.integers(0, 9)) // 9):
        data = draw(byte_changes(data, draw(st.sampled_from(seeds))))
    return data


def _document(data: bytes) -> Any:
    try:
        return json.loads(data)
    except ValueError:
        return None


def _old(document: Any) -> Any:
    """The same in nbformat 3, as far as it is a notebook."""
    cells = document.get("cells") if isinstance(document, dict) else None
    for cell in cells if isinstance(cells, list) else ():
        if isinstance(cell, dict) and cell.get("cell_type") == "code":
            cell["input"] = cell.pop("source", "")
    return {"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": cells}]}


@st.composite
def edited(draw: st.DrawFn, cells: list[Any]) -> list[Any]:
    """Cells after a few edits such as people and programs make, and some that neither does."""
    for _ in range(draw(st.integers(1, 6))):
        index = draw(st.integers(0, max(0, len(cells) - 1)))
        edit = EDITS[draw(st.sampled_from(sorted(EDITS)))]
        if cells:
            edit(draw, cells, index)
    return cells


def _delete(_: st.DrawFn, cells: list[Any], index: int) -> None:
    del cells[index]


def _duplicate(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    place, times = draw(st.integers(0, len(cells))), draw(st.sampled_from(FLOODS))
    enough = MAX_BYTES // len(json.dumps(cells[index])) + 1  # more is no longer read
    cells[place:place] = [copy.deepcopy(cells[index]) for _ in range(min(times, enough))]


def _move(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    cell = cells.pop(index)
    cells.insert(draw(st.integers(0, len(cells))), cell)


def _split(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    text = source(cells[index])
    place = draw(st.integers(0, len(text)))
    second = copy.deepcopy(cells[index])
    cells[index]["source"], second["source"] = text[:place], text[place:]
    if draw(st.booleans()):
        second["metadata"] = {}
    cells.insert(index + 1, second)


def _merge(_: st.DrawFn, cells: list[Any], index: int) -> None:
    if index + 1 < len(cells):
        other = cells.pop(index + 1)
        cells[index]["source"] = f"{source(cells[index])}\n{source(other)}"


def _retype(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    cells[index]["cell_type"] = draw(st.sampled_from(("code", "markdown", "raw", "x", None, 3)))


def _write(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    text = source(cells[index])
    place = draw(st.integers(0, len(text)))
    cells[index]["source"] = text[:place] + draw(texts) + text[place:]


def _replace(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    cells[index]["source"] = draw(st.one_of(texts, values))


def _lines(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    lines = source(cells[index]).splitlines(draw(st.booleans()))
    cells[index]["source"] = [*lines, *draw(st.lists(values, max_size=2))]


def _exchange(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    other = draw(st.integers(0, len(cells) - 1))
    one, two = cells[index].get("source"), cells[other].get("source")
    cells[index]["source"], cells[other]["source"] = two, one


def _rename(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    other = marks(cells[draw(st.integers(0, len(cells) - 1))])
    marks(cells[index])["grade_id"] = draw(st.one_of(st.just(other.get("grade_id")), texts))


def _forge(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    key = draw(st.sampled_from(("grade", "solution", "locked", "points", "task", "cell_type")))
    marks(cells[index])[key] = draw(values)


def _describe(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    key = draw(st.sampled_from(("metadata", "id", "attachments", "outputs", "execution_count")))
    cells[index][key] = draw(values)


def _output(draw: st.DrawFn, cells: list[Any], index: int) -> None:
    data = {"text/html": draw(texts), "image/png": draw(values)}
    cells[index]["outputs"] = [{"output_type": "display_data", "data": data, "metadata": {}}]


EDITS = {
    "delete": _delete,
    "duplicate": _duplicate,
    "move": _move,
    "split": _split,
    "merge": _merge,
    "retype": _retype,
    "write": _write,
    "replace": _replace,
    "lines": _lines,
    "exchange": _exchange,
    "rename": _rename,
    "forge": _forge,
    "describe": _describe,
    "output": _output,
}


def source(cell: Any) -> str:
    """A cell's text, as far as it has one."""
    found = cell.get("source", "") if isinstance(cell, dict) else ""
    lines = found if isinstance(found, list) else [found]
    return "".join(line for line in lines if isinstance(line, str))


def marks(cell: Any) -> Any:
    """What a cell says to nbgrader, made where it says nothing."""
    if not isinstance(cell.get("metadata"), dict):
        cell["metadata"] = {}
    if not isinstance(cell["metadata"].get("nbgrader"), dict):
        cell["metadata"]["nbgrader"] = {}
    return cell["metadata"]["nbgrader"]
