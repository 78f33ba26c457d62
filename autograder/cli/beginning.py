"""`autograder new`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CourseFolder

new = typer.Typer(no_args_is_help=True, help="Begin something: an exercise that works, to change.")


@new.callback()
def main() -> None:
    pass


@new.command()
def exercise(
    name: Annotated[str, typer.Argument(help="What students will define, such as conv2d.")],
    assignment: Annotated[
        str, typer.Option(help="Where it belongs; a new one is begun, and a new course too.")
    ],
    kind: Annotated[str, typer.Option(help="function or layer.")] = "function",
    course: CourseFolder = Path(),
) -> None:
    """Begin an exercise: text, stub, reference, cases, right and wrong answers."""
    with one_line_errors():
        from autograder.authoring.scaffold import Exercise, begin

        for path in begin(course, Exercise(name, kind, assignment)):
            typer.echo(path)
        where = "" if course == Path() else f" --course {course}"
        typer.echo(f"next: autograder build{where}, then autograder audit {assignment}{where}")
