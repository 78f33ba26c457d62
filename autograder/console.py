"""What a terminal shows of a run: a progress bar, plain lines where there is no terminal, a table."""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Protocol

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.results import Result, Verdict, VerdictKind

STYLES = {
    VerdictKind.PASSED: "green",
    VerdictKind.NOT_ATTEMPTED: "dim",
    VerdictKind.UNGRADED: "bold magenta",
}
MOST_ROWS = 60


class Tell(Protocol):
    """Called with each result when it is there."""

    def __call__(self, result: Result) -> None: ...


@contextmanager
def progress(console: Console, total: int) -> Iterator[Tell]:
    """Show how far a run is: a bar with the time left, or a line now and then."""
    if console.is_terminal:
        columns = (
            TextColumn("grading"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.description}"),
        )
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("", total=total)
            yield lambda result: bar.update(task, advance=1, description=escape(result.student))
    else:
        yield _Lines(console, total)


class _Lines:
    """Progress as plain lines, at most one every few seconds."""

    SECONDS = 5.0

    def __init__(self, console: Console, total: int) -> None:
        self._console = console
        self._total = total
        self._done = 0
        self._started = self._told = time.monotonic()

    def __call__(self, result: Result) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._told < self.SECONDS and self._done < self._total:
            return
        self._told = now
        left = (now - self._started) / self._done * (self._total - self._done)
        line = f"graded {self._done} of {self._total}, about {left:.0f} s left"
        self._console.print(line, highlight=False)


def class_table(results: Sequence[Result]) -> Table:
    """One row a student: the score, and how many checks ended how."""
    table = Table("student", "score", "verdicts", "repairs", box=None, pad_edge=False)
    for result in results[:MOST_ROWS]:
        counts = Counter(verdict.kind for verdict in result.verdicts)
        kinds = ", ".join(f"{_styled(kind)} {counts[kind]}" for kind in VerdictKind if counts[kind])
        score = f"{result.score:g} / {result.max_score:g}"
        table.add_row(escape(result.student), score, kinds, str(len(result.repairs) or ""))
    if len(results) > MOST_ROWS:
        table.add_row(f"… and {len(results) - MOST_ROWS} more")
    return table


def verdict_table(verdicts: Sequence[Verdict]) -> Table:
    """One row a check: the points, the verdict, and what to mend."""
    table = Table("check", "points", "verdict", "what to mend", box=None, pad_edge=False)
    for verdict in verdicts:
        told = "\n".join(filter(None, (verdict.message, verdict.hint)))
        points = f"{verdict.score:g} / {verdict.max_score:g}"
        table.add_row(escape(verdict.check), points, _styled(verdict.kind), escape(told))
    return table


def _styled(kind: VerdictKind) -> str:
    style = STYLES.get(kind, "red")
    return f"[{style}]{kind}[/{style}]"
