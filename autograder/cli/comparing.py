"""`autograder diff`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors


def diff(
    old: Annotated[Path, typer.Argument(help="What `autograder grade --json` wrote before.")],
    new: Annotated[Path, typer.Argument(help="What it wrote after a check was mended.")],
) -> None:
    """Say whose grade changes between two runs.

    The exit status is 1 where anything does: points, the maximum or a verdict.
    """
    with one_line_errors():
        from autograder import console
        from autograder.changes import changes, read_results

        before, after = read_results(old), read_results(new)
        found = changes(before, after)
        console.show_changes(console.terminal(), found, len(before.keys() | after.keys()))
        if found:
            raise typer.Exit(1)
