"""What the wall costs a submission, layer by layer.

python benchmarks/isolation.py --rounds 40 --json isolation.json

A small submission (one cell, one call) is run in children of several warm parents in turn, each
with one layer more than the one before: what a layer costs is the difference. The first row is a
fork without any wall. All are alive at once and take turns, so that whatever else this machine does
is shared by all.
"""

import json
import os
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).parent.parent))

from autograder.checks import Limits
from autograder.isolation import Isolation
from autograder.sandbox import Parent, start
from autograder.worker.layers import FULL, LANDLOCK

CELLS = {
    "numpy": "import numpy as np\ndef f(x):\n    return np.convolve(x, [1.0, 2.0, 3.0])",
    "tensorflow": "import tensorflow as tf\ndef f(x):\n    return tf.nn.relu(x).numpy()",
}
"""What a submission of each package does: enough for its runtime to start."""

BARE = "a fork, no wall"


@dataclass(frozen=True)
class Row:
    """What a child costs in one surrounding, in milliseconds of wall time.

    Args:
        median: of all rounds, of one child of several at a time.
        added: to the row above; for a whole tier to a fork without a wall.
    """

    name: str
    median: float
    added: float


def main(
    rounds: Annotated[int, typer.Option(min=1, help="Turns of each.")] = 40,
    children: Annotated[int, typer.Option(min=1, help="Children in a turn.")] = 8,
    package: Annotated[str, typer.Option(help=f"One of {', '.join(CELLS)}.")] = "numpy",
    jobs: Annotated[int, typer.Option(min=1, help="Children at a time.")] = os.cpu_count() or 1,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write figures here.")] = None,
) -> None:
    """Measure, and say so."""
    with ExitStack() as stack:
        parents = {
            name: stack.enter_context(start([package], isolation, layers=layers))
            for name, isolation, layers in _surroundings()
        }
        seen = _measured(parents, CELLS[package], rounds, children, jobs)
    rows = list(_rows({name: statistics.median(times) for name, times in seen.items()}))
    Console().print(_table(rows, package, jobs))
    if json_file:
        json_file.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")


def _surroundings() -> Iterator[tuple[str, Isolation, Sequence[str] | None]]:
    """A name, and how its warm parent is started."""
    yield BARE, Isolation.TRUSTED, ()
    yield "bubblewrap around the parent", Isolation.FULL, ()
    for number, layer in enumerate(FULL[:-1], 1):
        yield f"and {layer}", Isolation.FULL, FULL[:number]
    yield f"and {FULL[-1]}: full", Isolation.FULL, None
    yield f"landlock: {', '.join(LANDLOCK)}", Isolation.LANDLOCK, None


def _measured(
    parents: dict[str, Parent], cell: str, rounds: int, children: int, jobs: int
) -> dict[str, list[float]]:
    """Seconds that a child took, by the name of what is around it, turn by turn."""
    seen: dict[str, list[float]] = {name: [] for name in parents}
    with ThreadPoolExecutor(jobs) as threads:
        for turn in range(rounds + 1):
            for name, parent in parents.items():
                started = time.perf_counter()
                list(threads.map(lambda _, p=parent: _submit(p, cell), range(children)))
                if turn:  # the first warms up
                    seen[name].append((time.perf_counter() - started) / children)
    return seen


def _submit(parent: Parent, cell: str) -> None:
    with parent.child(Limits()) as child:
        child.ask({"do": "cell", "source": cell}, 60)
        call = {"do": "call", "kind": "function", "name": "f", "args": [[1.0, 2.0]]}
        child.ask(call, 60)


def _rows(medians: dict[str, float]) -> Iterator[Row]:
    before = bare = medians[BARE]
    for name, seconds in medians.items():
        whole = name.startswith("landlock")
        yield Row(name, 1e3 * seconds, 1e3 * (seconds - (bare if whole else before)))
        before = seconds


def _table(rows: Sequence[Row], package: str, jobs: int) -> Table:
    table = Table(title=f"ms per child of {package}, {jobs} at a time", box=None)
    table.add_column("")
    table.add_column("median", justify="right")
    table.add_column("added", justify="right")
    for row in rows:
        table.add_row(row.name, f"{row.median:.1f}", f"{row.added:+.1f}")
    full = next(row for row in rows if row.name.endswith("full"))
    table.add_section()
    table.add_row("the whole wall", "", f"{full.median - rows[0].median:+.1f}")
    return table


if __name__ == "__main__":
    typer.run(main)
