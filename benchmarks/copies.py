"""Submissions of one notebook, no two of them equal and some of them partly wrong."""

import ast
from collections.abc import Collection, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.misconceptions import read_misconceptions

EVERY = 4
"""Of so many copies one has a wrong answer."""


def hand_in(assignment: Path, solution: Path, count: int, out: Path) -> None:
    """Write `out`/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb, and beside it what `check` loads.

    Each copy answers as the solution does or as one file of `assignment`/right does, with a
    constant and a comment of its own; every fourth has one answer of `assignment`/wrong, where
    there is that folder. Checks bear the names of what they ask for.
    """
    notebook = nbformat.read(solution, as_version=4)
    asked = _answers(notebook)
    ways = [{}, *(_split(path, asked) for path in sorted(assignment.glob("right/*.py")))]
    mistakes = list(_mistakes(assignment, asked))
    questions = solution.with_suffix(".npz").read_bytes()
    for number in range(1, count + 1):
        answers = ways[number % len(ways)]
        if mistakes and number % EVERY == 0:
            answers = answers | mistakes[number // EVERY % len(mistakes)]
        folder = out / f"student{number:04}" / assignment.name
        folder.mkdir(parents=True)
        nbformat.write(_copy(notebook, answers, number), folder / solution.name)
        (folder / solution.name).with_suffix(".npz").write_bytes(questions)


def _copy(notebook: NotebookNode, answers: dict[str, str], number: int) -> NotebookNode:
    copy: NotebookNode = nbformat.from_dict(notebook)
    helpers = answers.get("", "")
    for name, cell in _answers(copy).items():
        own = f"# This is copy {number}.\nCOPY_{number} = {number}"
        cell.source = "\n\n\n".join([own, *filter(None, [helpers, answers.get(name, cell.source)])])
        helpers = ""
    return copy


def _answers(notebook: NotebookNode) -> dict[str, NotebookNode]:
    """The cells in which a student answers, by what they define first."""
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    solutions = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {_named(ast.parse(cell.source).body)[0]: cell for cell in solutions}


def _named(nodes: list[ast.stmt]) -> list[str]:
    return [node.name for node in nodes if isinstance(node, ast.FunctionDef | ast.ClassDef)]


def _split(path: Path, asked: Collection[str]) -> dict[str, str]:
    """A file's answers by name; under "" all of it, since an answer may call one further below."""
    text = path.read_text(encoding="utf-8")
    nodes = ast.parse(text).body[1:]  # after the docstring
    sources = [ast.get_source_segment(text, node) or "" for node in nodes]
    answers = {
        name: source
        for node, source in zip(nodes, sources, strict=True)
        for name in _named([node])
        if name in asked
    }
    return {**answers, "": "\n\n\n".join(sources)}


def _mistakes(assignment: Path, asked: Collection[str]) -> Iterator[dict[str, str]]:
    """Each wrong answer by itself."""
    for name, known in read_misconceptions(assignment / "wrong", asked).items():
        for one in known:
            yield {name: one.source}
