"""What an author has built, put to the test: answers earn all points, and stubs none."""

from pathlib import Path

from autograder.authoring.errors import BuildError
from autograder.local import check_notebook


def prove(solution: Path, release: Path) -> None:
    """Check both notebooks as a student would, with their bundles beside them.

    Raises:
        BuildError: an answer does not pass its check, or a check passes without an answer.
    """
    for verdict in check_notebook(solution):
        if not verdict.passed:
            line = f"the solution of {verdict.check} does not pass its check"
            raise BuildError(f"{solution.name}: {line}: {verdict.kind}, {verdict.message}")
    for verdict in check_notebook(release):
        if verdict.passed:
            line = f"{verdict.check} passes without an answer"
            remedy = "put it between ### BEGIN SOLUTION and ### END SOLUTION"
            raise BuildError(f"{release.name}: {line}; {remedy}")
