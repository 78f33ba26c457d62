"""Damaged inputs through reading, repair, decoding and judging, and some graded in full.

python benchmarks/fuzzing.py --inputs 100000 --graded 2000 --seed 1 --json fuzzing.json

Each target has processes of its own (`benchmarks/fuzzed.py`), which this one watches: what takes
too long is ended and told of, as is what dies. The first thing that is wrong ends the run; the
smallest input that shows it lies below --out.
"""

import json
import math
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.isolation import Isolation
from autograder.machine import choose
from autograder.sandbox.command import ONE_THREAD

ROOT = Path(__file__).parent.parent

SHARES = {
    "notebooks 01_convolution": 0.24,
    "notebooks 06_lenet": 0.24,
    "whole 01_convolution": 0.01,
    "whole 06_lenet": 0.01,
    "archives": 0.15,
    "messages 01_convolution": 0.12,
    "messages 06_lenet": 0.11,
    "outputs 01_convolution": 0.06,
    "questions 01_convolution": 0.06,
}
"""The part of all inputs that each target gets."""

LONGEST_SECONDS = 120.0
"""What one input may take by the clock, on a machine that has other things to do."""

LONGEST_START_SECONDS = 600.0
PIECES = 2
"""Processes in which a target is tried, one after another: memory and libraries begin anew."""


@dataclass(frozen=True)
class Piece:
    """What one process does."""

    target: str
    count: int
    seed: int
    folder: Path
    isolation: Isolation

    def start(self) -> "subprocess.Popen[bytes]":
        self.folder.mkdir(parents=True)
        words = [self.target, self.count, self.seed, self.folder, self.isolation]
        return subprocess.Popen(
            [sys.executable, "-m", "benchmarks.fuzzed", *map(str, words)],
            cwd=ROOT,
            env=os.environ | dict.fromkeys(ONE_THREAD, "1"),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=(self.folder / "stderr").open("wb"),
        )

    @property
    def done(self) -> int:
        """How many inputs have been tried."""
        try:
            return int((self.folder / "count").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return 0

    def hangs(self, started: float) -> bool:
        """Whether the input that is tried has taken too long, or the start has."""
        try:
            waited = time.time() - (self.folder / "count").stat().st_mtime
        except OSError:
            return time.time() - started > LONGEST_START_SECONDS
        return waited > LONGEST_SECONDS

    def finding(self, why: str) -> dict[str, Any]:
        """What was wrong, where the process could say."""
        path = self.folder / "finding.json"
        if path.exists() and not why.startswith("took"):
            found: dict[str, Any] = json.loads(path.read_text())
            return found
        title = (self.folder / "count").read_text() if (self.folder / "count").exists() else ""
        told = (self.folder / "stderr").read_text(errors="replace")[-4_000:]
        return {"title": title, "error": why, "trace": told}


@dataclass(frozen=True)
class Row:
    """One target."""

    target: str
    inputs: int
    seconds: float


class Found(Exception):
    """Something is wrong; the message says what, and where the input lies."""


def main(
    inputs: Annotated[int, typer.Option(min=0, help="Inputs to read, decode and judge.")] = 100_000,
    graded: Annotated[int, typer.Option(min=0, help="Notebooks to grade in full.")] = 2_000,
    seed: Annotated[int, typer.Option(help="Where Hypothesis begins.")] = 1,
    jobs: Annotated[int, typer.Option(min=1, help="Processes at a time.")] = os.cpu_count() or 1,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
    out: Annotated[Path, typer.Option(help="Where an input is kept that shows a fault.")] = Path(
        "fuzzed"
    ),
) -> None:
    """Try, and say so."""
    counts = {target: round(share * inputs) for target, share in SHARES.items()}
    counts["graded"] = graded
    isolation = choose(None, None)
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else None  # what is written there is synced
    with tempfile.TemporaryDirectory(prefix="autograder-fuzzing-", dir=memory) as folder:
        try:
            rows = list(_tried(list(_pieces(counts, seed, Path(folder), isolation)), jobs, out))
        except Found as found:
            typer.echo(str(found), err=True)
            raise typer.Exit(1) from None
    merged = [_sum(target, rows) for target, count in counts.items() if count]
    Console().print(_table(merged, isolation, seed))
    if json_file:
        figures = {"isolation": str(isolation), "seed": seed, "rows": [asdict(r) for r in merged]}
        json_file.write_text(json.dumps(figures, indent=1) + "\n")


def _pieces(
    counts: dict[str, int], seed: int, folder: Path, isolation: Isolation
) -> Iterator[Piece]:
    """What takes longest first."""
    for target in sorted(counts, key=lambda name: name != "graded"):
        left, number = counts[target], 0
        size = math.ceil(left / PIECES)
        while left > 0:
            own = seed * 1_000_000 + number * 10_000
            yield Piece(target, min(size, left), own, folder / f"{target} {number}", isolation)
            left, number = left - size, number + 1


def _tried(pieces: list[Piece], jobs: int, out: Path) -> Iterator[Row]:
    """Run all, so many at a time.

    Raises:
        Found: something is wrong with one; the others are ended.
    """
    waiting, running = list(pieces), dict[Piece, tuple[subprocess.Popen[bytes], float]]()
    try:
        while waiting or running:
            while waiting and len(running) < jobs:
                piece = waiting.pop(0)
                running[piece] = piece.start(), time.time()
            time.sleep(0.2)
            for piece, (process, started) in list(running.items()):
                if process.poll() is None and piece.hangs(started):
                    raise _kept(piece, f"took longer than {LONGEST_SECONDS:g} s", out)
                if process.poll() is not None:
                    if process.returncode:
                        raise _kept(piece, f"the process ended with {process.returncode}", out)
                    del running[piece]
                    yield Row(piece.target, piece.done, time.time() - started)
                    shutil.rmtree(piece.folder)
    finally:
        for process, _ in running.values():
            process.kill()
            process.wait()


def _kept(piece: Piece, why: str, out: Path) -> Found:
    """Keep the input, and what is known of the fault beside it."""
    finding = piece.finding(why)
    out.mkdir(parents=True, exist_ok=True)
    name = f"{piece.target.replace(' ', '-')}-{piece.seed}"
    (out / f"{name}.json").write_text(json.dumps(finding, indent=1) + "\n")
    if (piece.folder / "current").exists():
        shutil.copy(piece.folder / "current", out / f"{name}.input")
    line = f"{piece.target}, {finding['title']}: {finding['error']}"
    return Found(f"{line}\n{finding['trace']}\nthe input is {out / name}.input")


def _sum(target: str, rows: list[Row]) -> Row:
    own = [row for row in rows if row.target == target]
    return Row(target, sum(row.inputs for row in own), sum(row.seconds for row in own))


def _table(rows: list[Row], isolation: Isolation, seed: int) -> Table:
    table = Table(title=f"nothing found; isolation {isolation}, seed {seed}", box=None)
    for name in ("target", "inputs", "seconds"):
        table.add_column(name, justify="left" if name == "target" else "right")
    for row in rows:
        table.add_row(row.target, str(row.inputs), f"{row.seconds:.0f}")
    return table


if __name__ == "__main__":
    typer.run(main)
