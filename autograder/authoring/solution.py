"""The notebook with answers, nbgrader's source, made from the text and the checks."""

from collections import Counter
from collections.abc import Sequence
from hashlib import sha256
from typing import Any

import nbformat
from nbformat import NotebookNode

from autograder.authoring.errors import BuildError
from autograder.authoring.figures import embed
from autograder.authoring.roles import Role, assign_roles
from autograder.authoring.text import TextCell, read_cells
from autograder.checks import Check
from autograder.course import Assignment

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}


def solution_notebook(
    assignment: Assignment, checks: Sequence[Check], version: str
) -> NotebookNode:
    """The notebook with answers, unexecuted. The same inputs give the same notebook.

    Args:
        version: of the bundle that lies beside it.

    Raises:
        BuildError: the text does not fit the checks or breaks a convention.
    """
    texts = read_cells(assignment.text)
    try:
        roles = assign_roles(texts, checks)
    except BuildError as error:
        raise BuildError(f"{assignment.text}: {error}") from None
    sources = [_source(text, assignment) for text in texts]
    content = {
        "nbformat": 4,
        "nbformat_minor": 5,
        "metadata": {
            "kernelspec": KERNEL,
            "language_info": {"name": "python"},
            "autograder": {"assignment": assignment.name, "version": version},
        },
        "cells": [*map(_cell, texts, sources, _ids(texts, roles), roles)],
    }
    notebook: NotebookNode = nbformat.from_dict(content)
    nbformat.validate(notebook)
    return notebook


def _source(text: TextCell, assignment: Assignment) -> str:
    return embed(text.source, assignment.text.parent) if text.kind == "markdown" else text.source


def _ids(texts: Sequence[TextCell], roles: Sequence[Role | None]) -> list[str]:
    """The grade id, or one from the content. jupytext's ids are new ones at every conversion."""
    ids, taken = [], Counter[str]()
    for text, role in zip(texts, roles, strict=True):
        own = f"open-{sha256(text.source.encode()).hexdigest()[:8]}"
        taken[own] += role is None
        ids.append(role.grade_id if role else f"{own}-{taken[own]}")
    return ids


def _cell(text: TextCell, source: str, identity: str, role: Role | None) -> dict[str, Any]:
    metadata = {"nbgrader": role.as_metadata()} if role else {}
    cell = {"cell_type": text.kind, "id": identity, "metadata": metadata, "source": source}
    unexecuted: dict[str, Any] = {"execution_count": None, "outputs": []}
    return cell | unexecuted if text.kind == "code" else cell
