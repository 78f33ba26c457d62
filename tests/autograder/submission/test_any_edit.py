"""Whatever is done to a notebook's cells, the release's word counts and no code is lost."""

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.submission import Cell, Rebuilt, Unreadable, parse, rebuild

KNOWN = ["intro", "setup", "conv1d-solution", "conv1d", "conv2d-solution", "conv2d", "why"]
SOLUTIONS = {"conv1d-solution", "conv2d-solution"}
LOCKED = {"intro", "setup", "conv1d", "conv2d"}

place = st.integers(0, 30)
edits = st.one_of(
    st.tuples(st.just("delete"), place),
    st.tuples(st.just("duplicate"), place, place),
    st.tuples(st.just("move"), place, place),
    st.tuples(st.just("retype"), place, st.sampled_from(["code", "markdown", "raw", "x", None])),
    st.tuples(st.just("rename"), place, st.sampled_from([*KNOWN, "new", "", None, 3, ["a"]])),
    st.tuples(
        st.just("forge"),
        place,
        st.sampled_from(["grade", "solution", "locked", "points", "task", "cell_type", "checksum"]),
        st.sampled_from([True, False, None, 1000, -1, float("nan"), "code", [], {}]),
    ),
    st.tuples(st.just("strip"), place),
    st.tuples(st.just("write"), place),
    st.tuples(st.just("add"), place),
)


def edited(release: NotebookNode, steps: list[tuple[Any, ...]]) -> list[Any]:
    """The student's cells; each piece of code written is unlike all others."""
    cells = [dict(cell) for cell in json.loads(json.dumps(release.cells))]
    for number, (step, where, *rest) in enumerate(steps):
        if step == "add":
            cells.insert(where, dict(new_code_cell(f"added = {number}")))
        if not cells:
            continue
        index = where % len(cells)
        cell = cells[index]
        if step == "delete":
            del cells[index]
        elif step == "duplicate":
            cells.insert(rest[0], copy.deepcopy(cell))
        elif step == "move":
            cells.insert(rest[0], cells.pop(index))
        elif step == "retype":
            cell["cell_type"] = rest[0]
        elif step == "rename":
            cell["metadata"].setdefault("nbgrader", {})["grade_id"] = rest[0]
        elif step == "forge":
            cell["metadata"].setdefault("nbgrader", {})[rest[0]] = rest[1]
        elif step == "strip":
            cell["metadata"] = {}
        elif step == "write":
            cell["source"] = f"written = {number}"
    return cells


def handed_in(release: NotebookNode, cells: list[Any]) -> Rebuilt | None:
    data = json.dumps({**release, "cells": cells}).encode()
    try:
        return rebuild(parse(data, "eve.ipynb"), release, "01_convolution")
    except Unreadable:
        return None


def grade_id(cell: Any) -> Any:
    return cell["metadata"].get("nbgrader", {}).get("grade_id")


def code_of(cells: list[Any]) -> set[str]:
    """What the student wrote as code, outside of cells that are ours."""
    return {
        cell["source"]
        for cell in cells
        if "=" in cell["source"]
        and grade_id(cell) not in (LOCKED | {"why"} if isinstance(grade_id(cell), str) else ())
        and cell["cell_type"] == "code"
    }


many = pytest.mark.parametrize("most", [3, 25])


@many
@given(st.data())
def test_our_cells_are_all_there_once_as_released(
    release: NotebookNode, most: int, data: st.DataObject
) -> None:
    rebuilt = handed_in(release, edited(release, data.draw(st.lists(edits, max_size=most))))
    if rebuilt is None:
        return
    nbformat.validate(rebuilt.notebook)
    found = [cell for cell in rebuilt.notebook.cells if cell.metadata]
    assert sorted(grade_id(cell) for cell in found) == sorted(KNOWN)
    assert len({cell.id for cell in rebuilt.notebook.cells}) == len(rebuilt.notebook.cells)
    for cell in found:
        (ours,) = [one for one in release.cells if grade_id(one) == grade_id(cell)]
        assert (cell.metadata, cell.cell_type, cell.id) == (ours.metadata, ours.cell_type, ours.id)
        assert cell.source == ours.source or grade_id(cell) not in LOCKED


@many
@given(st.data())
def test_no_code_is_lost_and_none_of_it_passes_for_ours(
    release: NotebookNode, most: int, data: st.DataObject
) -> None:
    cells = edited(release, data.draw(st.lists(edits, max_size=most)))
    rebuilt = handed_in(release, cells)
    written = code_of(cells)
    if rebuilt is None:
        assert not written
        return
    assert written <= {cell.source for cell in rebuilt.cells if not cell.ours}
    assert [cell.source for cell in rebuilt.cells if cell.ours] == ["import numpy as np"]
    assert [cell.index for cell in rebuilt.cells] == sorted({cell.index for cell in rebuilt.cells})
    for cell in rebuilt.cells:
        assert agrees(cell, rebuilt.notebook.cells[cell.index])


def agrees(cell: Cell, shown: NotebookNode) -> bool:
    runs = cell.grade_id is None or cell.grade_id in SOLUTIONS | {"setup"}
    return runs and (shown.source, grade_id(shown)) == (cell.source, cell.grade_id)


@given(st.lists(edits, max_size=10))
def test_the_same_submission_is_rebuilt_the_same(
    release: NotebookNode, steps: list[tuple[Any, ...]]
) -> None:
    cells = edited(release, steps)
    before = copy.deepcopy(release)
    assert handed_in(release, cells) == handed_in(release, cells)
    assert release == before
