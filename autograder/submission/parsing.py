"""Bytes → a notebook whose structure can be relied on.

Only cells are taken over: their type, source, attachments and what they say to nbgrader. Outputs,
execution counts and what else a file may hold are of no use for grading, and a stranger wrote them.
"""

import itertools
import json
import re
import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.submission.errors import Unreadable, one_line

MAX_CELLS = 10_000
"""More cells than a person writes."""

_AGAIN = "open it in Jupyter, save it and hand it in again"
_TYPES = ("code", "markdown", "raw")
_PLAIN = (str, int, float, bool)
_CELL_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_SHOWN = 5  # numbers of cells in one line


@dataclass(frozen=True)
class Parsed:
    """A notebook of nbformat 4.5 without outputs, and what had to be repaired to make it one."""

    name: str  # for messages
    notebook: NotebookNode
    repairs: tuple[str, ...] = ()


def parse(data: bytes, name: str) -> Parsed:
    """The notebook in `data`; `name` is what messages call it.

    Raises:
        Unreadable: it is no notebook; the line says why and what to do.
    """
    document = _load(data, name)
    repairs: list[str] = []
    cells = _cells(_current(document, name, repairs), name)
    metadata = _metadata(document, repairs)
    notebook = notebook_of(_Cells(cells).made(repairs), metadata)
    return Parsed(name, notebook, tuple(repairs))


def notebook_of(cells: list[NotebookNode], metadata: NotebookNode) -> NotebookNode:
    """A notebook of nbformat 4.5."""
    return NotebookNode(nbformat=4, nbformat_minor=5, metadata=metadata, cells=cells)


def _load(data: bytes, name: str) -> dict[str, Any]:
    """The JSON object, without characters that UTF-8 cannot hold."""
    text = _decode(data, name)
    try:
        document = json.loads(text)
        if "\\ud" in text or "\\uD" in text:  # half a surrogate pair: valid JSON, but no text
            document = json.loads(json.dumps(document, ensure_ascii=False).encode(errors="replace"))
    except json.JSONDecodeError as error:
        raise Unreadable(_not_json(name, text, error)) from None
    except (ValueError, RecursionError):  # a number of thousands of digits, lists in lists in lists
        raise Unreadable(f"{name} holds what no notebook does: {_AGAIN}") from None
    if not isinstance(document, dict):
        raise Unreadable(f"{name} is JSON but not a notebook: hand in the .ipynb file of Jupyter")
    return document


def _decode(data: bytes, name: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + data.count(b"\n", 0, error.start)
        raise Unreadable(f"{name} is not UTF-8 (line {line}): {_AGAIN}") from None
    if not text.strip():
        raise Unreadable(f"{name} is empty: save the notebook in Jupyter and hand it in again")
    return text


def _not_json(name: str, text: str, error: json.JSONDecodeError) -> str:
    if re.match(r"\s*<(!doctype|html)", text, re.IGNORECASE):
        return f"{name} is a web page, not a notebook: download the .ipynb file itself"
    if re.search(r"^(<{7}|>{7}) ", text, re.MULTILINE):
        return f"{name} has the marks of an unfinished git merge: finish it and hand it in again"
    return f"{name} is not JSON (line {error.lineno}): {_AGAIN}"


def _current(document: dict[str, Any], name: str, repairs: list[str]) -> dict[str, Any]:
    """The same notebook in nbformat 4; newer versions are taken for it."""
    version, minor = document.get("nbformat"), document.get("nbformat_minor")
    if "cells" in document:
        if type(version) is not int or version < 4:
            repairs.append("the notebook did not say its format's version; it was read as 4")
        elif (version, minor if type(minor) is int else 0) > (4, 5):
            number = one_line(f"{version}.{minor}", 20)
            repairs.append(f"the notebook's format {number} is new; it was read as 4.5")
        return document
    if type(version) is not int or version >= 4:
        raise Unreadable(f"{name} is JSON but not a notebook (no cells): hand in the .ipynb file")
    number = one_line(version, 20)
    repairs.append(f"the notebook had the old format {number}; it was brought up to 4")
    try:
        return _upgraded(document)
    except Exception:  # nbformat's converters raise whatever a stranger's structure makes them
        line = f"{name} has nbformat {number}, which could not be brought up to 4"
        raise Unreadable(f"{line}: {_AGAIN}") from None


def _upgraded(document: dict[str, Any]) -> dict[str, Any]:
    """nbformat's conversion, spared what is most often malformed and of no use here."""
    for sheet in document.get("worksheets", ()):
        for cell in sheet["cells"]:
            if cell["cell_type"] == "code":
                cell.update(outputs=[], language="python")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about cell ids
        old = nbformat.reader.reads(json.dumps(document))
        converted: NotebookNode = nbformat.convert(old, 4)
    for cell in converted.cells:
        del cell["id"]  # made at random
    return dict(converted)


def _cells(document: dict[str, Any], name: str) -> list[Any]:
    cells = document.get("cells")
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is JSON but not a notebook (no cells): hand in the .ipynb file")
    if len(cells) > MAX_CELLS:
        raise Unreadable(
            f"{name} has {len(cells)} cells; at most {MAX_CELLS} are read: delete those that are "
            "not yours and hand it in again"
        )
    return cells


def _metadata(document: dict[str, Any], repairs: list[str]) -> NotebookNode:
    """What the build noted in the notebook; a language other than Python is named."""
    metadata = _mapping(document.get("metadata"))
    language = _mapping(metadata.get("language_info")).get("name")
    language = language or _mapping(metadata.get("kernelspec")).get("language")
    if language is not None and not str(language).lower().startswith(("python", "ipython")):
        line = f"the notebook's kernel was for {one_line(language, 30)}; its cells run as Python"
        repairs.append(line)
    return _note("autograder", metadata)


def _note(key: str, metadata: Mapping[str, Any]) -> NotebookNode:
    """One of the metadata, without what is nested: it could be so deep that a copy of it fails."""
    note = _mapping(metadata.get(key))
    plain = {name: value for name, value in note.items() if isinstance(value, _PLAIN)}
    return NotebookNode({key: NotebookNode(plain)}) if plain else NotebookNode()


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


class _Cells:
    """Makes valid cells of whatever is in a list, and notes what was wrong by number of cell."""

    def __init__(self, cells: list[Any]) -> None:
        self._cells = cells
        given = {cell["id"] for cell in cells if isinstance(cell, dict) and _is_id(cell.get("id"))}
        self._spare = (spare for n in itertools.count() if (spare := f"cell-{n}") not in given)
        self._used: set[str] = set()
        self._wrong: dict[str, list[int]] = {}

    def made(self, repairs: list[str]) -> list[NotebookNode]:
        """The cells; each kind of repair is added as one line for all cells."""
        made = []
        for number, cell in enumerate(self._cells, 1):
            if isinstance(cell, dict):
                made.append(self._cell(number, cell))
            else:
                self._tell(number, "what is no cell was left out")
        for what, numbers in self._wrong.items():
            shown = ", ".join(map(str, numbers[:_SHOWN])) + (", …" if len(numbers) > _SHOWN else "")
            repairs.append(f"{what} (cell {shown})")
        return made

    def _tell(self, number: int, what: str) -> None:
        self._wrong.setdefault(what, []).append(number)

    def _cell(self, number: int, cell: dict[str, Any]) -> NotebookNode:
        made = NotebookNode(id=self._id(number, cell), cell_type=self._type(number, cell))
        made.metadata = _note("nbgrader", _mapping(cell.get("metadata")))
        made.source = self._source(number, cell)
        if made.cell_type == "code":
            made.outputs, made.execution_count = [], None
        if made.cell_type == "markdown" and (pictures := _attachments(cell.get("attachments"))):
            made.attachments = nbformat.from_dict(pictures)
        return made

    def _type(self, number: int, cell: dict[str, Any]) -> str:
        kind = cell.get("cell_type")
        if isinstance(kind, str) and kind in _TYPES:
            return kind
        guess = "code" if "outputs" in cell or "execution_count" in cell else "raw"
        self._tell(number, f"a cell of no known type was taken for {guess}")
        return guess

    def _source(self, number: int, cell: dict[str, Any]) -> str:
        source = cell.get("source")
        lines = source if isinstance(source, list) else [source]
        if not all(isinstance(line, str) for line in lines):
            self._tell(number, "a cell without text was taken for an empty one")
        return "".join(line for line in lines if isinstance(line, str))

    def _id(self, number: int, cell: dict[str, Any]) -> str:
        """The cell's own id if it is valid and the first of its kind."""
        own = cell.get("id")
        if _is_id(own) and own not in self._used:
            self._used.add(str(own))
            return str(own)
        if own is not None:
            self._tell(number, "a cell's id was invalid or not unique; it has a new one")
        return next(self._spare)


def _is_id(value: Any) -> bool:
    return isinstance(value, str) and _CELL_ID.fullmatch(value) is not None


def _attachments(value: Any) -> dict[str, dict[str, str]]:
    """The pictures pasted into a cell of text, as far as they are well formed."""
    return {
        name: {kind: data for kind, data in _mapping(bundle).items() if isinstance(data, str)}
        for name, bundle in _mapping(value).items()
    }
