"""`autograder clusters`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors


def clusters(
    results: Annotated[Path, typer.Argument(help="What `autograder grade --json` wrote.")],
    check: Annotated[str, typer.Option(metavar="NAME", help="Of this check only.")] = "",
    json: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write all groups to this file.")
    ] = None,
) -> None:
    """Group a class's wrong answers that no misconception explains, the most frequent first."""
    with one_line_errors():
        from autograder import console
        from autograder.changes import read_results
        from autograder.clusters import clusters as grouped
        from autograder.files import refuse_folder, write_json

        if json:
            refuse_folder(json)
        found = grouped(read_results(results), check)
        console.show_clusters(console.terminal(), found)
        if json:
            write_json(json, found)
