"""A submission as it ran, made safe to look at: nbgrader's autograded notebook.

Ids, metadata, points and locked cells come from the release, outputs are built from observations,
and a student's Markdown is made harmless; so what nbgrader makes of the notebook is safe too.

What nbformat makes new it validates, each cell and output by itself. Here the notebook is
validated once, when it is written.
"""

from collections.abc import Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.files import below, write_whole
from autograder.nbgrader.layout import grade_id, is_check, is_locked
from autograder.nbgrader.markdown import harmless, quoted
from autograder.nbgrader.outputs import judged, observed
from autograder.nbgrader.plain import plain
from autograder.protocol import Value
from autograder.results import Result

METADATA = {
    "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
    "language_info": {"name": "python"},
}
LONGEST_CODE = 100_000

UNREADABLE = "The submission could not be read. Below is the assignment as it was handed out."
UNGRADED = "This submission has not been graded yet, which is not its fault."
REPAIRED = "Before it was graded, this notebook was mended:"


def write_autograded(
    out: Path,
    release: NotebookNode,
    result: Result,
    notebook: NotebookNode | None,
    outputs: Mapping[int, Mapping[str, Value]],
) -> Path:
    """Write `autograded/STUDENT/ASSIGNMENT/ASSIGNMENT.ipynb` below a folder and say where.

    Where our own failure leaves nothing to show, a notebook from before stays, as its grades do.

    Args:
        release: the notebook as students got it; only its cells are trusted.
        notebook: the submission as it was graded, or None where it could not be read.
        outputs: what running a cell gave, by the cell's place in the notebook.

    Raises:
        ValueError: the student or the assignment is no name of a file.
        OSError: it cannot be written.
    """
    assignment = result.assignment
    folder = below(out / "autograded", result.student, assignment)
    path = folder / f"{assignment}.ipynb"
    if notebook is None and not result.graded and path.exists():
        return path
    executed = autograded(release, result, notebook, outputs)
    write_whole(path, nbformat.writes(executed).encode())
    return path


def autograded(
    release: NotebookNode,
    result: Result,
    notebook: NotebookNode | None,
    outputs: Mapping[int, Mapping[str, Value]],
) -> NotebookNode:
    """The notebook that `write_autograded` writes."""
    originals = {name: cell for cell in release.cells if (name := grade_id(cell))}
    cells = _remarks(result, notebook)
    count = 0
    for index, cell in enumerate((release if notebook is None else notebook).cells):
        # Taken out: a second cell of the same name is the student's own.
        original = originals.pop(grade_id(cell), None)
        shown = _shown(cell, original)
        if shown.cell_type == "code" and notebook is not None and index in outputs:
            count += 1
            shown.execution_count = count
            shown.outputs = observed(outputs[index], count)
        cells.append(shown)
    _judge(cells, result)
    for index, cell in enumerate(cells):
        cell.id = f"cell-{index}"
    version = {"nbformat": 4, "nbformat_minor": 5}
    executed: NotebookNode = nbformat.from_dict({**version, "metadata": METADATA, "cells": cells})
    return executed


def _remarks(result: Result, notebook: NotebookNode | None) -> list[NotebookNode]:
    """What is to be said before the first cell."""
    texts = []
    if notebook is None:
        texts.append(UNREADABLE if result.graded else UNGRADED)
    if result.repairs:
        lines = "\n".join(f"- {plain(line)}" for line in result.repairs)
        texts.append(f"{REPAIRED}\n\n{quoted(lines)}")
    return [_built("markdown", text, None) for text in texts]


def _shown(cell: NotebookNode, original: NotebookNode | None) -> NotebookNode:
    """A cell without outputs: ours as it was handed out, a student's made harmless."""
    if original is not None and is_locked(original):
        return _built(original.cell_type, original.source, original, original.get("attachments"))
    if cell.cell_type == "code":
        return _built("code", plain(cell.source, LONGEST_CODE), original)
    text = harmless(cell.source) if cell.cell_type == "markdown" else quoted(cell.source)
    return _built("markdown", text, original)


def _built(
    cell_type: str, source: str, original: NotebookNode | None, attachments: Value = None
) -> NotebookNode:
    metadata = {} if original is None else {"nbgrader": original.metadata.nbgrader}
    built: NotebookNode = nbformat.from_dict(
        {
            "cell_type": cell_type,
            "metadata": metadata,
            "source": source,
            **({"execution_count": None, "outputs": []} if cell_type == "code" else {}),
            **({"attachments": attachments} if attachments else {}),
        }
    )
    return built


def _judge(cells: list[NotebookNode], result: Result) -> None:
    """Show each verdict below its check."""
    verdicts = {verdict.check: verdict for verdict in result.verdicts}
    for cell in cells:
        if cell.cell_type == "code" and is_check(cell) and grade_id(cell) in verdicts:
            cell.outputs = judged(verdicts[grade_id(cell)])
