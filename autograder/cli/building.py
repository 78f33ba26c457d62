"""`autograder build`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CourseFolder, Names


def build(
    assignments: Names = None,
    course: CourseFolder = Path(),
    check: Annotated[
        bool,
        typer.Option("--check", help="Build nothing; exit with 1 where a built file is stale."),
    ] = False,
) -> None:
    """Build solutions and assignments from the course's texts."""
    with one_line_errors():
        from autograder import authoring
        from autograder.course import open_course

        opened = open_course(course)
        chosen = [opened.assignment(name) for name in assignments or opened.assignments]
        if check:
            stale = authoring.stale(opened, chosen)
            for line in stale:
                typer.echo(line, err=True)
            if stale:
                raise typer.Exit(1)
            typer.echo(f"{len(chosen)} assignment{'s are' if len(chosen) != 1 else ' is'} fresh")
        else:
            for path in authoring.build(opened, chosen):
                typer.echo(path)
