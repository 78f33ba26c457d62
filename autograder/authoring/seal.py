"""The seal of a release: what it was made from, and what it was when it was made.

Without it only another run of nbgrader could tell whether a release is up to date.
"""

from copy import deepcopy
from typing import Any

from nbformat import NotebookNode

from autograder.authoring.ipynb import as_json, digest

SEAL = ("made_from", "made")


def seal(release: NotebookNode, solution: NotebookNode) -> NotebookNode:
    """The release with its seal, which is part of the metadata `autograder`."""
    sealed = deepcopy(release)
    sealed.metadata.autograder.update(_seal(as_json(release), solution))
    return sealed


def seal_holds(release: Any, solution: NotebookNode) -> bool:
    """Whether a release, as JSON, was made from just this solution and is unchanged since."""
    bare = deepcopy(release)
    try:
        said = bare["metadata"]["autograder"]
        found = {name: said.pop(name) for name in SEAL}
    except (KeyError, TypeError, AttributeError):
        return False
    return found == _seal(bare, solution)


def _seal(release: dict[str, Any], solution: NotebookNode) -> dict[str, str]:
    return dict(zip(SEAL, (digest(as_json(solution)), digest(release)), strict=True))
