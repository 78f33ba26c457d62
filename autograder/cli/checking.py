"""`autograder check`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors


def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook; its npz file lies beside it.")],
) -> None:
    """Check a notebook of your own: the same verdicts as in the notebook."""
    with one_line_errors():
        from autograder import console
        from autograder.local import by_hand, check_notebook

        terminal = console.terminal()
        with terminal.status("running the cells") as status:
            verdicts = check_notebook(
                notebook, begin=lambda name: status.update(f"checking {name}")
            )
        console.show_verdicts(terminal, verdicts, by_hand(notebook))
        if not all(verdict.passed for verdict in verdicts):
            raise typer.Exit(1)
