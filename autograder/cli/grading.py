"""`autograder grade`."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from autograder.cli.errors import one_line_errors
from autograder.cli.options import CORES, CourseFolder, Keeping, Name, Source
from autograder.cli.stopping import stoppable

if TYPE_CHECKING:
    from autograder.results import Result

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
        from autograder.machine import choose

        terminal = console.terminal()
        _refuse_folders(json, csv)
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
        _write(report.results, json, csv)
        if not report.graded:
            raise typer.Exit(1)


def _refuse_folders(json: Path | None, csv: Path | None) -> None:
    from autograder.files import refuse_folder

    if json:
        refuse_folder(json)
    if csv:
        refuse_folder(csv, "--csv")


def _write(results: "Sequence[Result]", json: Path | None, csv: Path | None) -> None:
    from autograder.files import write_json
    from autograder.spreadsheet import write_csv

    if json:
        write_json(json, results)
    if csv:
        write_csv(csv, results)
