"""`autograder doctor`."""

from json import dumps
from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.isolation import Isolation

Course = Annotated[
    Path | None,
    typer.Option(help="A course folder, for its minimum; by default this one, if it is one."),
]
Json = Annotated[bool, typer.Option("--json", help="Print all as one JSON object.")]


def doctor(course: Course = None, json: Json = False) -> None:
    """Say how this machine can keep submissions in, and what would make it better."""
    with one_line_errors():
        from autograder import console
        from autograder.machine import diagnose
        from autograder.machine.showing import show

        found = diagnose(_minimum(course))
        if json:
            typer.echo(dumps(found.as_json(), indent=1))
        else:
            show(console.terminal(), found)
        if not found.sufficient:
            raise typer.Exit(1)


def _minimum(course: Path | None) -> Isolation | None:
    """What the course states, if there is one and it does."""
    if course is None and not Path("course.toml").exists():
        return None
    from autograder.course import open_course

    return open_course(course or Path()).minimum_isolation
