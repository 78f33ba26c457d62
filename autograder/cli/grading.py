"""`autograder grade`."""

from pathlib import Path
from typing import Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CORES, CourseFolder, Keeping, Name, Source

Students = Annotated[
    list[str] | None, typer.Option(metavar="ID", help="Grade this student only; repeatable.")
]
Checks = Annotated[
    list[str] | None, typer.Option(metavar="NAME", help="Grade this check only; repeatable.")
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
    dry_run: DryRun = False,
    jobs: Jobs = CORES,
    isolation: Keeping = None,
    out: Out = Path(),
    database: Database = "",
    json: Results = None,
    csv: Table = None,
) -> None:
    """Grade the submissions in a folder or zip."""
    with one_line_errors():
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
        from autograder import run  # only now: it needs what only Linux has

        plan = run.Plan(
            opened,
            chosen,
            run.collect(submissions, assignment, student or ()),
            keeping,
            jobs,
            out,
            database,
            checks=check or (),
            students=student or (),
        )
        if dry_run:
            console.show_plan(terminal, plan.submissions, plan.asked())
            return
        with console.progress(terminal, len(plan.submissions)) as tell:
            report = run.run(plan, tell)
        console.show_report(terminal, report)
        if json:
            write_json(json, report.results)
        if csv:
            write_csv(csv, report.results)
        if not report.graded:
            raise typer.Exit(1)
