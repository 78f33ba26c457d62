"""`autograder audit`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CORES, CourseFolder, Keeping, Names

Report = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write what was found to this file.")
]
Jobs = Annotated[int, typer.Option(min=1, help="Answers tried at a time.")]


def audit(
    assignments: Names = None,
    course: CourseFolder = Path(),
    jobs: Jobs = CORES,
    isolation: Keeping = None,
    json: Report = None,
) -> None:
    """Test the checks themselves: do right answers pass, and wrong ones fail?"""
    with one_line_errors():
        from autograder import console
        from autograder.course import open_course
        from autograder.files import refuse_folder, write_json
        from autograder.machine import choose

        terminal = console.terminal()
        if json:
            refuse_folder(json)
        opened = open_course(course)
        chosen = [opened.assignment(name) for name in assignments or opened.assignments]
        keeping = choose(isolation, opened.minimum_isolation)
        from autograder.authoring import audit as auditing  # only now: it needs what only Linux has
        from autograder.authoring.audit.showing import progress, show

        with progress(terminal) as watch:
            audited = auditing.audit(chosen, keeping, jobs, watch)
        show(terminal, audited)
        terminal.print(f"isolation: {keeping}")
        if json:
            write_json(json, audited)
        if not all(one.sound for one in audited):
            raise typer.Exit(1)
