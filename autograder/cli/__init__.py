"""The command `autograder`: arguments only, one file a command. Nothing heavy is imported before it
is needed.
"""

import gc
import sys
from typing import Annotated

import typer

from autograder import __version__
from autograder.cli.auditing import audit
from autograder.cli.beginning import new
from autograder.cli.building import build
from autograder.cli.checking import check
from autograder.cli.clustering import clusters
from autograder.cli.comparing import diff
from autograder.cli.diagnosing import doctor
from autograder.cli.grading import grade
from autograder.cli.verifying import verify

app = typer.Typer(
    help="Grade notebooks on convolutional networks: fair, fast and safe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

for command in (grade, check, build, audit, diff, clusters, verify, doctor):
    app.command()(command)
app.add_typer(new, name="new")


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"autograder {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[  # noqa: ARG001
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    # Where it is installed, jsonschema has it parse the grammar of web addresses, which takes more
    # than a second; no schema of ours or nbformat's asks for them.
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
    # What imports make stays: to look through it for garbage again and again takes long.
    gc.set_threshold(20_000)
