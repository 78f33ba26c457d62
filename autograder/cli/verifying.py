"""`autograder verify`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CourseFolder, Keeping, Source


def verify(
    receipt: Annotated[
        Path, typer.Argument(help="A file below receipts/ in a run's output folder.")
    ],
    submissions: Source,
    course: CourseFolder = Path(),
    isolation: Keeping = None,
) -> None:
    """Grade a receipt's submission once more; exit with 1 where something else comes out."""
    with one_line_errors():
        from autograder import console
        from autograder.course import open_course
        from autograder.machine import choose
        from autograder.receipts import read_receipt

        given = read_receipt(receipt)
        opened = open_course(course)
        assignment = opened.assignment(given.assignment)
        keeping = choose(isolation, opened.minimum_isolation)
        # Only now: they need what only Linux has.
        from autograder import verifying
        from autograder.planning import Plan, collect

        plan = Plan(
            opened,
            assignment,
            collect(submissions, given.assignment, [given.student]),
            keeping,
            jobs=1,
            out=Path(),
            database="",
            students=[given.student],
        )
        verified = verifying.verify(given, plan)
        console.show_verified(console.terminal(), verified)
        if not verified.holds:
            raise typer.Exit(1)
