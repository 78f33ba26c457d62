"""How many submissions a minute, beside stock nbgrader on the same notebooks.

python benchmarks/throughput.py --submissions 100 --json throughput.json

Copies of one notebook are graded by the command `autograder grade` with all that it does by
default; a sample of them by `nbgrader autograde`, and the public scores are compared.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.course import Assignment
from autograder.isolation import Isolation
from autograder.planning import Plan, collect
from benchmarks import stock, turns, walled
from benchmarks.copies import hand_in
from benchmarks.courses import OWN, build

ROOT = Path(__file__).parent.parent


@dataclass(frozen=True)
class Figures:
    """What was measured; seconds are of wall time.

    Args:
        startup_seconds: from the command's start until it asks for the first child.
        nbgrader_seconds_per_submission: without nbgrader's own start.
        autograder_seconds_per_submission: without ours, but with the command's end.
        steady_ratio: how many times as long nbgrader takes, both without their starts.
        ratio: the same with our start, as a class of this size has it.
        wall_ratio: how many times as long the sample takes as it does in forks without any wall.
        agree: whether both give the same public scores.
        private_mib_per_child: of the largest child in the sample.
        split: seconds per submission in each phase. Phases of several submissions run at a time.
    """

    assignment: str
    isolation: str
    cores: int
    jobs: int
    submissions: int
    startup_seconds: float
    nbgrader_seconds_per_submission: float
    autograder_seconds_per_submission: float
    steady_ratio: float
    ratio: float
    wall_ratio: float
    agree: bool
    private_mib_per_child: float
    split: dict[str, float]


def main(
    submissions: Annotated[int, typer.Option(min=1, help="Copies to grade.")] = 20,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
    assignment: Annotated[str, typer.Option(help="Another assignment of this course.")] = OWN,
    sample: Annotated[int, typer.Option(min=1, help="Copies that nbgrader grades too.")] = 8,
    jobs: Annotated[int, typer.Option(min=1, help="Copies graded at a time.")] = (
        os.cpu_count() or 1
    ),
    isolation: Annotated[Isolation, typer.Option(help="How they are kept in.")] = Isolation.FULL,
    rounds: Annotated[int, typer.Option(min=1, help="Turns with the wall and without.")] = 10,
) -> None:
    """Measure, and say so."""
    with TemporaryDirectory(prefix="autograder-benchmark-") as folder:
        course = build(assignment, Path(folder, "course"))
        submitted = Path(folder, "submitted")
        chosen = course.assignment(assignment)
        hand_in(chosen.text.parent, chosen.solution, submissions, submitted)
        found = collect(submitted, assignment, ())[:sample]
        out = Path(folder, "sample")
        plan = Plan(course, chosen, found, isolation, jobs, out, "")
        figures = _measure(plan, submissions, submitted, rounds, Path(folder))
    Console().print(_table(figures))
    if json_file:
        json_file.write_text(json.dumps(asdict(figures), indent=1) + "\n")
    if not figures.agree:
        raise typer.Exit(1)


def _measure(plan: Plan, submissions: int, submitted: Path, rounds: int, folder: Path) -> Figures:
    """The figures of all that is handed in, and of the plan's sample of it."""
    assignment = plan.assignment
    options = ["--jobs", str(plan.jobs), "--isolation", str(plan.isolation)]
    seconds, startup, spent = _graded(assignment, submitted, folder, options)
    students = [one.student for one in plan.submissions]
    wall_ratio = turns.wall_ratio(plan, rounds)
    private, ours = walled.weigh(plan)
    root = folder / "stock"
    nbgrader = stock.autograde(assignment, submitted, students, root)
    differences = _differences(ours, stock.scores(assignment.name, students, root))
    for line in differences:
        typer.echo(line, err=True)
    steady = (seconds - startup) / submissions
    return Figures(
        assignment=assignment.name,
        isolation=str(plan.isolation),
        cores=os.cpu_count() or 1,
        jobs=plan.jobs,
        submissions=submissions,
        startup_seconds=startup,
        nbgrader_seconds_per_submission=nbgrader,
        autograder_seconds_per_submission=steady,
        steady_ratio=nbgrader / steady,
        ratio=nbgrader * submissions / seconds,
        wall_ratio=wall_ratio,
        agree=not differences,
        private_mib_per_child=private,
        split={phase: total / submissions for phase, total in spent.items()},
    )


def _graded(
    assignment: Assignment, submitted: Path, folder: Path, options: Sequence[str]
) -> tuple[float, float, dict[str, float]]:
    """The command's seconds, those of them until the first child, and those of each phase."""
    file = folder / "measured.json"
    words = [sys.executable, "-m", "benchmarks.measured", str(file), "grade", assignment.name]
    words += ["--submissions", str(submitted), "--course", str(assignment.course)]
    started = time.monotonic()
    subprocess.run(
        [*words, "--out", str(folder / "out"), *options],
        cwd=ROOT,
        check=True,
        stdout=subprocess.DEVNULL,
    )
    seconds = time.monotonic() - started
    seen: dict[str, Any] = json.loads(file.read_text())
    return seconds, seen["begun"] - started, seen["spent"]


def _differences(ours: walled.Scores, theirs: stock.Scores) -> list[str]:
    """Each score that is not the same, to the two decimals that `check` gives to nbgrader."""
    return [
        f"{student}, {check}: ours {score:g}, nbgrader's {theirs[student].get(check)}"
        for student, scores in ours.items()
        for check, score in scores.items()
        if abs(theirs[student].get(check, -1.0) - score) > 0.01
    ]


def _table(figures: Figures) -> Table:
    table = Table(title=f"{figures.assignment}, {figures.submissions} submissions", box=None)
    table.add_column("")
    table.add_column("", justify="right")
    for name, value in asdict(figures).items():
        rows = value.items() if isinstance(value, dict) else [("", value)]
        for part, number in rows:
            shown = f"{number:.3f}" if isinstance(number, float) else str(number)
            table.add_row(f"{name.replace('_', ' ')} {part}".strip(), shown)
    return table


if __name__ == "__main__":
    typer.run(main)
