"""A notebook of a stranger, from its bytes to the autograded notebook, and what must hold then.

Whatever is wrong raises: an exception that is not documented, or `AssertionError`.
"""

import threading
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from sys import getrecursionlimit, setrecursionlimit
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.nbgrader import write_autograded
from autograder.nbgrader.markdown import harmless
from autograder.results import Result
from autograder.submission import (
    MAX_CELLS,
    Cell,
    Parsed,
    Rebuilt,
    Unreadable,
    find,
    parse,
    rebuild,
)
from autograder.submission.code import is_blank
from autograder.submission.release import Part, Role, parts_of
from tests.fuzzing.notebooks import Assignment

LONGEST_LINE = 500
MOST_LINES = 200
RECURSION = 1_000
"""Python's own limit; Hypothesis raises it."""


class Reader:
    """Reads notebooks that one student hands in, one after another, below a folder."""

    def __init__(self, folder: Path, assignment: Assignment) -> None:
        self._assignment = assignment
        self._folder = folder
        self._path = folder / "submitted" / "eve" / assignment.name / f"{assignment.name}.ipynb"
        self._path.parent.mkdir(parents=True, exist_ok=True)

    def __call__(self, data: bytes) -> None:
        """Do with a notebook all that grading does without running it."""
        self._path.write_bytes(data)
        in_a_thread(self._read)

    def _read(self) -> None:
        name, ours = self._assignment.name, self._assignment.release
        (submission,) = find(self._folder / "submitted", name)
        rebuilt = None
        try:
            parsed = parse(submission.read_bytes(), submission.path)
            rebuilt = rebuild(parsed, ours, name)
        except Unreadable as unreadable:
            assert_one_line(str(unreadable))
        else:
            assert_rebuilt(parsed, rebuilt, ours)
        result = Result(submission.student, name, (), rebuilt.repairs if rebuilt else ())
        notebook = rebuilt.notebook if rebuilt else None
        path = write_autograded(self._folder, ours, result, notebook, {})
        assert_autograded(nbformat.read(path, as_version=4), ours)


def in_a_thread(task: Callable[[], None]) -> None:
    """Run a task as deep in the stack, and as shallow, as a grader's thread does."""
    raised: list[BaseException] = []

    def run() -> None:
        try:
            task()
        except BaseException as error:
            raised.append(error)

    before = getrecursionlimit()
    setrecursionlimit(RECURSION)
    try:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join()
    finally:
        setrecursionlimit(before)
    if raised:
        raise raised[0]


def assert_rebuilt(parsed: Parsed, rebuilt: Rebuilt, ours: NotebookNode) -> None:
    """The release's word counts, all that is a student's is there, and repairs are told briefly."""
    nbformat.validate(parsed.notebook)
    nbformat.validate(rebuilt.notebook)
    parts = parts_of(ours)
    assert len(parsed.notebook.cells) <= MAX_CELLS
    assert_ours(rebuilt, parts)
    assert_theirs(parsed, rebuilt, parts)
    assert len(rebuilt.repairs) <= MOST_LINES, f"{len(rebuilt.repairs)} repairs"
    for line in rebuilt.repairs:
        assert_one_line(line)
    for cell in rebuilt.notebook.cells:
        if cell.cell_type == "markdown":
            once = harmless(cell.source)
            assert harmless(once) == once


def assert_ours(rebuilt: Rebuilt, parts: dict[str, Part]) -> None:
    """Every cell of the release is there once, and what is locked says what it said."""
    found = {name: cell for cell in rebuilt.notebook.cells if (name := _claimed(cell))}
    marked = [cell for cell in rebuilt.notebook.cells if cell.metadata]
    assert len(marked) == len(found) == len(parts)
    assert found.keys() == parts.keys()
    for name, part in parts.items():
        cell = found[name]
        assert (cell.metadata, cell.cell_type, cell.id) == (
            part.cell.metadata,
            part.cell.cell_type,
            part.cell.id,
        )
        if not part.is_solution:
            assert cell.source == part.source
            assert cell.get("attachments") == part.cell.get("attachments")
    for run in rebuilt.cells:
        assert_runs(run, rebuilt.notebook.cells[run.index], parts)


def assert_runs(run: Cell, shown: NotebookNode, parts: dict[str, Part]) -> None:
    """What runs is what is shown, and is the release's where it is said to be."""
    assert (run.source, run.grade_id) == (shown.source, _claimed(shown) or None)
    part = parts.get(run.grade_id or "")
    assert run.ours == (part is not None and part.role is Role.LOCKED)
    assert part is None or part.role is not Role.CHECK


def assert_theirs(parsed: Parsed, rebuilt: Rebuilt, parts: dict[str, Part]) -> None:
    """Code outside of our own cells runs; what else a student wrote is shown, or told of."""
    ran = {cell.source for cell in rebuilt.cells if not cell.ours}
    shown = {cell.source for cell in rebuilt.notebook.cells}
    for cell in parsed.notebook.cells:
        part = parts.get(_claimed(cell))
        theirs = part is None or (part.is_solution and part.is_code)
        counts = ran if cell.cell_type == "code" and theirs else shown
        if cell.source in counts or (counts is shown and rebuilt.repairs):
            continue
        ours = any(one.is_unchanged(cell.source) for one in parts.values())
        assert ours or is_blank(cell.source), f"lost: {cell.source[:200]!r}"


def assert_autograded(executed: NotebookNode, ours: NotebookNode) -> None:
    """It is a valid notebook of code and text with every cell of ours in it."""
    nbformat.validate(executed)
    sources = [cell.source for cell in executed.cells]
    for part in parts_of(ours).values():
        if not part.is_solution:
            assert part.source in sources
    for cell in executed.cells:
        assert cell.cell_type in ("code", "markdown")


def _claimed(cell: Any) -> str:
    claims = cell.metadata.get("nbgrader")
    name = claims.get("grade_id") if isinstance(claims, dict) else None
    return name if isinstance(name, str) else ""


def assert_one_line(text: str) -> None:
    """A line for a person: short, and nothing in it that a terminal would act on."""
    assert len(text) <= LONGEST_LINE, f"a line of {len(text)} characters: {text[:80]!r}"
    assert not list(_odd(text)), f"{text!r}"


def _odd(text: str) -> Iterator[str]:
    for character in text:
        if unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp"):
            yield character
