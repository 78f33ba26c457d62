"""Every bad notebook comes to a repaired one or to one clear line."""

import copy
import json
from typing import Any

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode

from autograder.submission import MAX_CELLS, Unreadable, parse

CODE = {"cell_type": "code", "id": "a", "source": "x = 1", "metadata": {}, "outputs": []}

OLD_CODE = {"cell_type": "code", "input": "x"}


def notebook(*cells: Any, **other: Any) -> bytes:
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "cells": cells, **other}).encode()


def old(*cells: Any, version: int = 3) -> bytes:
    sheets = [{"cells": cells}]
    document = {"nbformat": version, "nbformat_minor": 0, "metadata": {}, "worksheets": sheets}
    return json.dumps(document).encode()


NO_NOTEBOOK = {
    "empty": (b"", "is empty"),
    "blank": (b"\xef\xbb\xbf \n", "is empty"),
    "cut off": (b'{\n"nbformat": 4,\n"cells": [', "is not JSON (line 3): open it in Jupyter, save"),
    "Python": (b"import numpy", "is not JSON (line 1)"),
    "a web page": (b"\n<!DOCTYPE html><html>", "is a web page"),
    "a merge": (b'{\n<<<<<<< HEAD\n"a": 1', "unfinished git merge"),
    "Latin-1": (b'{\n"cells": ["\xe9"]}', "is not UTF-8 (line 2): open it in Jupyter, save it"),
    "UTF-16": ("{}".encode("utf-16"), "is not UTF-8 (line 1)"),
    "a list": (b"[]", "is JSON but not a notebook"),
    "a number": (b"1", "is JSON but not a notebook"),
    "another file": (b'{"a": 1}', "(no cells)"),
    "cells that are none": (b'{"nbformat": 4, "cells": 3}', "(no cells)"),
    "a digit too many": (b'{"cells": [' + b"1" * 5000 + b"]}", "holds what no notebook does"),
    "depth": (b"[" * 100_000, "holds what no notebook does"),
    "version 3, malformed": (b'{"nbformat": 3, "worksheets": 3}', "has nbformat 3, which could"),
    "version 3, half": (old({"cell_type": "code", "input": 3}, "no"), "could not be brought up"),
    "a version below all": (b'{"nbformat": -1%s}' % (b"0" * 4_000), "has nbformat -100"),
    "version 0": (b'{"nbformat": 0}', "has nbformat 0"),
    "10,001 cells": (notebook(*[CODE] * (MAX_CELLS + 1)), "has 10001 cells; at most 10000"),
}


@pytest.mark.parametrize(("data", "words"), NO_NOTEBOOK.values(), ids=NO_NOTEBOOK)
def test_what_is_no_notebook_is_refused_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(Unreadable) as refused:
        parse(data, "eve/a.ipynb")
    line = str(refused.value)
    assert line.startswith("eve/a.ipynb ")
    assert words in line
    assert len(line.splitlines()) == 1


def cell(**changes: Any) -> dict[str, Any]:
    return {key: value for key, value in {**CODE, **changes}.items() if value is not ...}


# what is handed in → the sources, and words of the repairs
REPAIRED = {
    "nothing wrong": (notebook(CODE), ["x = 1"], ""),
    "a byte order mark": (b"\xef\xbb\xbf" + notebook(CODE), ["x = 1"], ""),
    "no cells": (notebook(), [], ""),
    "sources in lines": (notebook(cell(source=["x = 1\n", "y"])), ["x = 1\ny"], ""),
    "no source": (notebook(CODE, cell(id="b", source=...)), ["x = 1", ""], "(cell 2)"),
    "a source of numbers": (notebook(cell(source=["a", 1])), ["a"], "without text"),
    "no metadata or outputs": (notebook(cell(metadata=..., outputs=...)), ["x = 1"], ""),
    "metadata of another type": (notebook(cell(metadata=[1]), metadata=3), ["x = 1"], ""),
    "one id twice": (notebook(CODE, CODE), ["x = 1"] * 2, "not unique; it has a new one (cell 2)"),
    "an id that is none": (notebook(cell(id="a b")), ["x = 1"], "id was invalid"),
    "no ids, as before 4.5": (notebook(cell(id=...), nbformat_minor=4), ["x = 1"], ""),
    "an unknown type": (notebook(cell(cell_type="cod")), ["x = 1"], "was taken for code (cell 1)"),
    "no type": (notebook(cell(cell_type=..., outputs=...)), ["x = 1"], "was taken for raw"),
    "no cell": (notebook(3, CODE, None), ["x = 1"], "was left out (cell 1, 3)"),
    "many wrong": (notebook(*range(9)), [], "(cell 1, 2, 3, 4, 5, …)"),
    "a newer minor version": (notebook(CODE, nbformat_minor=9), ["x = 1"], "format 4.9 is new"),
    "a newer version": (notebook(CODE, nbformat=5), ["x = 1"], "format 5.5 is new"),
    "a version beyond all": (notebook(CODE, nbformat=10**4_000), ["x = 1"], "…0000000.5 is new"),
    "no version": (notebook(CODE, nbformat=None), ["x = 1"], "did not say its format's version"),
    "half a character": (notebook(cell(source="'\ud800'")), ["'?'"], ""),
    "R": (notebook(CODE, metadata={"language_info": {"name": "R"}}), ["x = 1"], "kernel was for R"),
    "Julia": (notebook(CODE, metadata={"kernelspec": {"language": "julia"}}), ["x = 1"], "julia"),
    "Python": (notebook(CODE, metadata={"language_info": {"name": "python"}}), ["x = 1"], ""),
    "nbformat 3": (
        old({**OLD_CODE, "input": ["x = 1\n", "y"]}, {"cell_type": "heading", "source": "H"}),
        ["x = 1\ny", "# H"],
        "had the old format 3; it was brought up to 4",
    ),
    "nbformat 2": (old(OLD_CODE, version=2), ["x"], "old format 2"),
}


@pytest.mark.parametrize(("data", "sources", "words"), REPAIRED.values(), ids=REPAIRED)
def test_what_is_a_notebook_is_repaired_and_noted(
    data: bytes, sources: list[str], words: str
) -> None:
    parsed = parse(data, "a.ipynb")
    nbformat.validate(parsed.notebook)
    assert [cell.source for cell in parsed.notebook.cells] == sources
    assert words in "; ".join(parsed.repairs)
    assert bool(words) == bool(parsed.repairs)
    assert parse(data, "a.ipynb") == parsed


def test_10_000_cells_are_read() -> None:
    assert len(parse(notebook(*[CODE] * MAX_CELLS), "a").notebook.cells) == MAX_CELLS


def test_only_what_grading_needs_is_taken_over() -> None:
    claims = {"grade_id": "a", "points": 3, "deep": {"a": [1]}}
    code = cell(metadata={"nbgrader": claims, "tags": ["x"]}, outputs=[3], execution_count="x")
    text = {
        "cell_type": "markdown",
        "source": "t",
        "attachments": {"a.png": {"image/png": "Q"}, "b": 3},
    }
    note = {"autograder": {"assignment": "01", "deep": []}, "kernelspec": 3}
    made = parse(notebook(code, text, metadata=note), "a").notebook
    nbformat.validate(made)
    assert made.metadata == {"autograder": {"assignment": "01"}}
    assert made.cells[0].metadata == {"nbgrader": {"grade_id": "a", "points": 3}}
    assert (made.cells[0].outputs, made.cells[0].execution_count) == ([], None)
    assert made.cells[1].attachments == {"a.png": {"image/png": "Q"}, "b": {}}


def test_metadata_nested_too_deep_to_copy_do_no_harm() -> None:
    deep = b'{"a":' * 900 + b"1" + b"}" * 900
    data = b'{"nbformat": 4, "cells": [{"cell_type": "code", "source": "", "metadata": %b}]}' % deep
    assert len(parse(data, "a").notebook.cells) == 1


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(
                [
                    "nbformat",
                    "cells",
                    "worksheets",
                    "cell_type",
                    "source",
                    "input",
                    "id",
                    "metadata",
                ]
            ),
            inner,
        )
    ),
    max_leaves=20,
)


@given(JSON, st.sampled_from([1, 2, 3, 4, 5, None, "4"]))
def test_nothing_but_unreadable_is_ever_raised(document: Any, version: Any) -> None:
    if isinstance(document, dict):
        document["nbformat"] = version
    try:
        parsed = parse(json.dumps(document).encode(), "a.ipynb")
    except Unreadable:
        return
    nbformat.validate(parsed.notebook)


@given(st.binary())
def test_no_bytes_raise_anything_else(data: bytes) -> None:
    with pytest.raises(Unreadable):
        parse(data, "a.ipynb")


def test_a_release_is_parsed_to_itself(release: NotebookNode) -> None:
    parsed = parse(json.dumps(release).encode(), "a.ipynb")
    assert parsed.repairs == ()
    assert parsed.notebook.cells == release.cells


def test_an_old_copy_of_the_release_keeps_its_ids(release: NotebookNode) -> None:
    old_copy = nbformat.convert(copy.deepcopy(release), 3)
    parsed = parse(json.dumps(old_copy).encode(), "a.ipynb")
    assert parsed.repairs == ("the notebook had the old format 3; it was brought up to 4",)
    for cell, wanted in zip(parsed.notebook.cells, release.cells, strict=True):
        assert cell.metadata == wanted.metadata
        assert cell.source == wanted.source
