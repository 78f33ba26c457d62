"""The command `autograder`: arguments only. Nothing heavy is imported before it is needed."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from autograder import __version__
from autograder.isolation import Isolation

app = typer.Typer(
    help="Grade notebooks on convolutional networks: fair, fast and safe.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

CORES = os.cpu_count() or 1

CourseFolder = Annotated[
    Path, typer.Option("--course", help="A course folder: the one with course.toml.")
]
Name = Annotated[str, typer.Argument(help="The assignment, such as 01_convolution.")]
Source = Annotated[
    Path,
    typer.Option(
        help="STUDENT/ASSIGNMENT/*.ipynb, STUDENT.ipynb, or what Moodle or Canvas exports."
    ),
]
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
Keeping = Annotated[
    Isolation | None,
    typer.Option(help="How students' code is kept in; by default what course.toml asks for."),
]
Out = Annotated[Path, typer.Option(help="Gradebook, notebooks and pages go below this folder.")]
Database = Annotated[
    str, typer.Option(metavar="URL", help="nbgrader's database; by default gradebook.db in --out.")
]
Results = Annotated[
    Path | None, typer.Option(metavar="FILE", help="Write all results to this file.")
]


def _version(asked: bool) -> None:
    if asked:
        typer.echo(f"autograder {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
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
) -> None:
    """Grade the submissions in a folder or zip."""
    with _one_line_errors():
        from autograder import console, run
        from autograder.course import open_course

        terminal = console.terminal()
        if json:
            run.refuse_folder(json)
        opened = open_course(course)
        chosen = opened.assignment(assignment)
        plan = run.Plan(
            opened,
            chosen,
            run.collect(submissions, assignment, student or ()),
            isolation or opened.minimum_isolation,
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
            run.write_json(json, report.results)
        if not report.graded:
            raise typer.Exit(1)


@app.command()
def check(
    notebook: Annotated[Path, typer.Argument(help="Your notebook; its npz file lies beside it.")],
) -> None:
    """Check a notebook of your own: the same verdicts as in the notebook."""
    with _one_line_errors():
        from autograder import console
        from autograder.local import check_notebook

        terminal = console.terminal()
        with terminal.status("running the cells") as status:
            verdicts = check_notebook(
                notebook, begin=lambda name: status.update(f"checking {name}")
            )
        console.show_verdicts(terminal, verdicts)
        if not all(verdict.passed for verdict in verdicts):
            raise typer.Exit(1)


@app.command()
def build(
    assignments: Annotated[
        list[str] | None, typer.Argument(help="The assignments; by default all.")
    ] = None,
    course: CourseFolder = Path(),
    check: Annotated[
        bool,
        typer.Option("--check", help="Build nothing; exit with 1 where a built file is stale."),
    ] = False,
) -> None:
    """Build solutions and assignments from the course's texts."""
    with _one_line_errors():
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


@contextmanager
def _one_line_errors() -> Iterator[None]:
    """What is wrong with an input, in one line on standard error and with exit status 2."""
    try:
        yield
    except KeyboardInterrupt:
        typer.echo("stopped", err=True)
        raise typer.Exit(130) from None
    except Exception as error:
        if not _is_expected(error):
            raise
        typer.echo(f"autograder: {error}", err=True)
        raise typer.Exit(2) from None


def _is_expected(error: Exception) -> bool:
    """Whether an error is one of ours, worded for the person at the terminal."""
    return type(error).__module__.startswith("autograder.")
