"""The command `cnncourse`: arguments only; what is slow to import is imported where it is used."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from cnncourse import __version__
from cnncourse.quiet import standard_error_held_back

app = typer.Typer(no_args_is_help=True, add_completion=False)


class Style(StrEnum):
    """How a summary looks."""

    KERAS2 = "keras2"
    KERAS3 = "keras3"
    MARKDOWN = "markdown"


class Format(StrEnum):
    """How a profile is written."""

    TABLE = "table"
    MARKDOWN = "markdown"
    CSV = "csv"
    JSON = "json"


def print_version(asked: bool) -> None:
    """Print it and stop, if asked."""
    if asked:
        typer.echo(f"cnncourse {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Convolutional networks in Keras, as the lectures show them."""


@app.command()
def summary(
    name: Annotated[str, typer.Argument(help="A model, such as mnist_cnn.")],
    style: Annotated[Style, typer.Option(help="How the table looks.")] = Style.KERAS2,
) -> None:
    """Print a model's layers, their output shapes and their parameters."""
    with standard_error_held_back():
        from cnncourse import models, tables
    if name not in models.NAMES:
        _refuse(f"name is {name!r}; it must be one of: {', '.join(models.NAMES)}")
    with standard_error_held_back():
        table = tables.STYLES[style](tables.summarize(models.build(name)))
    typer.echo(table)


@app.command()
def profile(
    name: Annotated[str, typer.Argument(help="A model, such as mnist_cnn, or a .keras file.")],
    output: Annotated[
        Format, typer.Option("--format", help="How the table is written.")
    ] = Format.TABLE,
) -> None:
    """Print what a model's layers cost, and what they see of its input."""
    with standard_error_held_back():
        from cnncourse import models, tables
    if name not in models.NAMES and not Path(name).exists():
        known = ", ".join(models.NAMES)
        _refuse(f"name is {name!r}; it must be a .keras file or one of: {known}")
    text, complaint = "", ""
    with standard_error_held_back():
        try:
            model = models.build(name) if name in models.NAMES else models.load(Path(name))
            text = tables.FORMATS[output](tables.profile_model(model))
        except ValueError as refusal:
            complaint = str(refusal)
    if complaint:
        _refuse(complaint)
    typer.echo(text)


def _refuse(complaint: str) -> NoReturn:
    typer.echo(complaint, err=True)
    raise typer.Exit(2)
