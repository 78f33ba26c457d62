"""How near to its bound any right answer comes, check by check; at 1 it would be refused.

python benchmarks/fairness.py --json fairness.json

The solution and each file of `right` get the public cases and many more under fixed secrets, on
every backend that is installed, with inputs in float32 and float64, on one thread and on two.
"""

import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.checks import Check
from autograder.course import Assignment, open_course
from autograder.distributions import BACKENDS
from autograder.sandbox.command import ONE_THREAD, QUICK_COMPILER

ROOT = Path(__file__).parent.parent
THREADS = (1, 2)


@dataclass(frozen=True)
class Run:
    """Every right answer of an assignment, in one process."""

    assignment: Assignment
    checks: Sequence[Check]
    backend: str
    threads: int

    def margins(self) -> list[dict[str, Any]]:
        """What `benchmarks.margins` found. Training does not depend on threads: it takes one."""
        names = [one.name for one in self.checks if one.kind != "trained" or self.threads == 1]
        words = [sys.executable, "-m", "benchmarks.margins", self.assignment.name, *names]
        own = dict.fromkeys(ONE_THREAD, str(self.threads)) | {"CUDA_VISIBLE_DEVICES": "-1"}
        own |= {"KERAS_BACKEND": self.backend} if self.backend in BACKENDS else {}
        own |= QUICK_COMPILER if self.backend == "jax" else {}  # as a submission has it
        done = subprocess.run(
            words, cwd=ROOT, env=os.environ | own, check=True, capture_output=True, text=True
        )
        found: list[dict[str, Any]] = json.loads(done.stdout)
        return [one | {"backend": self.backend, "threads": self.threads} for one in found]


@dataclass(frozen=True)
class Row:
    """One check.

    Args:
        judged: by a bound computed for each element, a stated tolerance, the very value alone, or
            an accuracy.
        answers: how many, each on each backend, number of threads and type of inputs.
        cases: how many each was given.
        largest: the largest error of all over its bound.
        where: by which answer.
        accuracy: of the worst trained model, above the threshold.
    """

    assignment: str
    check: str
    judged: str
    answers: int
    cases: int
    largest: float
    where: str
    accuracy: float | None


def main(
    assignments: Annotated[list[str] | None, typer.Argument(help="All, by default.")] = None,
    only: Annotated[list[str] | None, typer.Option("--check", help="Only this check.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
) -> None:
    """Measure, and say so."""
    course = open_course(ROOT)
    rows = []
    for name in assignments or course.assignments:
        rows += measured(course.assignment(name), only or ())
    typer.echo(markdown(rows))
    if json_file:
        json_file.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    if any(unfair(row) for row in rows):
        raise typer.Exit(1)


def unfair(row: Row) -> bool:
    """Whether a right answer was refused, or nearly."""
    return row.largest >= 1 or (row.accuracy is not None and row.accuracy < 0)


def measured(assignment: Assignment, only: Sequence[str]) -> list[Row]:
    """A row for each check."""
    checks = [check for check in assignment.checks() if not only or check.name in only]
    runs = [
        Run(assignment, checks, backend, threads)
        for backend in backends(assignment)
        for threads in THREADS
    ]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [one for margins in pool.map(Run.margins, runs) for one in margins]
    return [
        row(assignment, check, [one for one in found if one["check"] == check.name])
        for check in checks
    ]


def backends(assignment: Assignment) -> Sequence[str]:
    """Those that are installed; or NumPy alone."""
    if "keras" not in assignment.packages:
        return ("numpy",)
    return [name for name in BACKENDS if importlib.util.find_spec(name)]


def row(assignment: Assignment, check: Check, found: Sequence[dict[str, Any]]) -> Row:
    """What all answers to one check came to."""
    worst = max(found, key=lambda one: one["largest"])
    accuracies = [one["accuracy"] for one in found if one["accuracy"] is not None]
    threads = "1 thread" if worst["threads"] == 1 else f"{worst['threads']} threads"
    where = f"{worst['style']}, {worst['backend']}, {worst['dtype']}, {threads}"
    return Row(
        assignment.name,
        check.name,
        judged(check),
        len(found),
        worst["cases"],
        worst["largest"],
        where if worst["largest"] else "",
        min(accuracies, default=None),
    )


def judged(check: Check) -> str:
    """What an answer is held against."""
    if check.thresholds:
        return f"accuracy of {max(check.thresholds.values()):g}"
    if check.rtol:
        return f"rtol {check.rtol:g}"
    return "rounding" if check.multilinear else "the very value"


def markdown(rows: Sequence[Row]) -> str:
    """The table that the README shows."""
    head = ("check", "held against", "answers × cases", "largest error / bound", "by")
    body = [
        (
            f"{one.assignment} {one.check}",
            one.judged,
            f"{one.answers} × {one.cases}",
            f"{one.largest:.2g}" + ("" if one.accuracy is None else f"; {one.accuracy:+.3f}"),
            one.where,
        )
        for one in rows
    ]
    lines = [head, ("---",) * len(head), *body]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


if __name__ == "__main__":
    typer.run(main)
