"""`autograder grade`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CORES, CourseFolder, Keeping, Name, Source
from autograder.cli.stopping import stoppable

Students = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Grade this student only; repeatable.")
]
Checks = Annotated[
    list[str] | None,
    typer.Option(
        metavar="NAME",
        help="Grade this check only; repeatable. All is written of the whole class all the same: "
        "what is not graded now is told as the journal knows it.",
    ),
]
Regrade = Annotated[
    bool, typer.Option("--regrade", help="Grade anew what the journal knows already, too.")
]
DryRun = Annotated[
    bool, typer.Option("--dry-run", help="Say what would be graded; run and write nothing.")
]
Jobs = Annotated[int, typer.Option(min=1, help="Submissions graded at a time.")]
Out = Annotated[Path, typer.Option(help="Gradebook, notebooks and pages go below this folder.")]
Database = Annotated[
    str, typer.Option(metavar="URL", help="nbgrader's database; by default gradebook.db in --out.")
]
Results = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all results to this file.")
]
Table = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all points to this file, for Excel.")
]


def grade(
    assignment: Name,
    submissions: Source,
    course: CourseFolder = Path(),
    student: Students = None,
    check: Checks = None,
    regrade: Regrade = False,
    dry_run: DryRun = False,
    jobs: Jobs = CORES,
    isolation: Keeping = None,
    out: Out = Path(),
    database: Database = "",
    json: Results = None,
    csv: Table = None,
) -> None:
    """Grade the submissions in a folder or zip."""
    with stoppable(), one_line_errors():
        from autograder import console
        from autograder.course import open_course
        from autograder.files import refuse_folder, write_json
        from autograder.machine import choose
        from autograder.spreadsheet import write_csv

        terminal = console.terminal()
        if json:
            refuse_folder(json)
        if csv:
            refuse_folder(csv, "--csv")
        opened = open_course(course)
        chosen = opened.assignment(assignment)
        keeping = choose(isolation, opened.minimum_isolation)
        # Only now: they need what only Linux has.
        from autograder.planning import Plan, collect
        from autograder.run import run

        plan = Plan(
            opened,
            chosen,
            collect(submissions, assignment, student or ()),
            keeping,
            jobs,
            out,
            database,
            checks=check or (),
            students=student or (),
            anew=regrade,
        )
        if dry_run:
            console.show_plan(terminal, plan.asked_for, plan.asked())
            return
        with console.progress(terminal, len(plan.submissions)) as tell:
            report = run(plan, tell)
        console.show_report(terminal, report)
        if json:
            write_json(json, report.results)
        if csv:
            write_csv(csv, report.results)
        if not report.graded:
            raise typer.Exit(1)
