"""What a terminal shows: a progress bar, or plain lines where there is no terminal; tables."""

import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.changes import Change
from autograder.checks import Check
from autograder.clusters import Cluster
from autograder.feedback import products, signs
from autograder.results import Report, Result, Verdict, VerdictKind

if TYPE_CHECKING:  # not for `autograder check`, which runs where there is no Linux
    from autograder.submission import Submission
    from autograder.verifying import Verified

STYLES = {
    VerdictKind.PASSED: "green",
    VerdictKind.PARTIAL: "yellow",
    VerdictKind.NOT_ATTEMPTED: "dim",
    VerdictKind.UNGRADED: "bold magenta",
}
MOST_ROWS = 60
MOST_NAMES = 5
MOST_CHARACTERS = 200


Tell = Callable[[Result], None]


def terminal() -> Console:
    """Where all is shown; lines of a log may be longer than a terminal's."""
    width = None if sys.stdout.isatty() else 120
    # This very file: what takes a cell's output from sys.stdout must not get ours.
    return Console(file=sys.stdout, width=width, highlight=False)


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
            yield lambda result: bar.update(task, advance=1, description=_plain(result.student))
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

    def __call__(self, _: Result) -> None:
        self._done += 1
        now = time.monotonic()
        if now - self._told < self.SECONDS and self._done < self._total:
            return
        self._told = now
        left = (now - self._started) / self._done * (self._total - self._done)
        line = f"graded {self._done} of {self._total}, about {left:.0f} s left"
        self._console.print(line)


def show_plan(
    console: Console, submissions: "Sequence[Submission]", checks: Sequence[Check]
) -> None:
    """What a run would grade."""
    table = Table("student", "notebook", "note", box=None, pad_edge=False)
    for one in submissions:
        notes = "; ".join(filter(None, (one.problem, *one.notes)))
        table.add_row(_plain(one.student), _plain(one.path), _plain(notes))
    console.print(table)
    names = ", ".join(f"{check.name} ({check.max_score:g})" for check in checks)
    console.print(f"{_counted(len(submissions))}, checks: {_plain(names)}")


def show_report(console: Console, report: Report) -> None:
    """What a run did: the class, what went wrong, how fast, and where to look."""
    console.print(class_table(report.results))
    if more := max((result.by_hand for result in report.results), default=0.0):
        console.print(f"scores{signs.by_hand(more)}, in nbgrader's formgrader")
    for line in (*report.notes, *_ungraded(report.results), *report.problems):
        console.print(f"[bold magenta]{_plain(line)}[/]", soft_wrap=True)
    count = len(report.results)
    rate = count / report.seconds if report.seconds else 0.0
    console.print(f"isolation: {report.isolation}")
    known = f", {report.known} of them from the journal" if report.known else ""
    console.print(f"{_counted(count)} in {report.seconds:.1f} s, {rate:.2f} submissions/s{known}")
    if report.pages:
        console.print(f"pages: {_plain(str(report.pages))}", soft_wrap=True)


def show_verdicts(console: Console, verdicts: Sequence[Verdict], by_hand: float) -> None:
    """What checking one notebook said.

    Args:
        by_hand: the points that an instructor gives besides.
    """
    console.print(verdict_table(verdicts))
    score, most = (sum(getattr(v, name) for v in verdicts) for name in ("score", "max_score"))
    console.print(f"{score:g} of {most:g} points{signs.by_hand(by_hand)}")


def show_changes(console: Console, changes: Sequence[Change], students: int) -> None:
    """Whose grade changes, and by what."""
    table = Table("student", "points", "what changes", box=None, pad_edge=False)
    for one in changes:
        points = (str(points or "none") for points in (one.before, one.after))
        table.add_row(_plain(one.student), " → ".join(points), _plain("\n".join(one.checks)))
    if changes:
        console.print(table)
    more, less = (sum(sign * one.gained > 0 for one in changes) for sign in (1, -1))
    shares = "; of another maximum, the share counts" if any(c.rescaled for c in changes) else ""
    keep = students - more - less
    console.print(f"{_counted(students)}: {more} gain, {less} lose, {keep} keep{shares}")


def show_clusters(console: Console, clusters: Sequence[Cluster]) -> None:
    """Wrong answers that nothing explains, and who gave them."""
    table = Table(box=None, pad_edge=False)
    for title in ("students", "check", "case", "answer", "what they were told"):
        table.add_column(title, overflow="fold")  # a name that is too long goes on below
    for one in clusters[:MOST_ROWS]:
        names = ", ".join(one.students[:MOST_NAMES])
        more = ", …" if len(one.students) > MOST_NAMES else ""
        case = f"{one.case}, {one.part}" if one.part else one.case
        texts = (f"{len(one.students)}: {names}{more}", one.check, case, one.answer, one.complaint)
        table.add_row(*(_plain(_beginning(text)) for text in texts))
    if clusters:
        console.print(table)
    if len(clusters) > MOST_ROWS:
        console.print(f"… and {len(clusters) - MOST_ROWS} more")
    wrong = sum(len(one.students) for one in clusters)
    console.print(f"unexplained wrong answers: {wrong}, groups of them: {len(clusters)}")


def _beginning(text: str) -> str:
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"


def show_verified(console: Console, verified: "Verified") -> None:
    """Whether a receipt holds, and if not, what is otherwise."""
    for line in (*verified.changed, *verified.differences):
        console.print(_plain(line))
    given, result = verified.receipt, verified.result
    came = "the same came out" if verified.holds else "something else came out"
    score = f"{result.score:g} of {result.max_score:g} points, {given.score:g} in the receipt"
    console.print(f"{_plain(given.student)}, {_plain(given.assignment)}: {came}; {score}")
    console.print(f"isolation: {result.isolation}")


def _counted(submissions: int) -> str:
    return f"{submissions} submission{'' if submissions == 1 else 's'}"


def _ungraded(results: Sequence[Result]) -> Iterator[str]:
    for result in results:
        for verdict in result.verdicts:
            if verdict.kind is VerdictKind.UNGRADED:
                yield f"{result.student}: {verdict.check} is ungraded: {verdict.message}"


def class_table(results: Sequence[Result]) -> Table:
    """One row a student: the score, and how many checks ended how."""
    table = Table("student", "score", "verdicts", "repairs", box=None, pad_edge=False)
    for result in results[:MOST_ROWS]:
        counts = Counter(verdict.kind for verdict in result.verdicts)
        kinds = ", ".join(f"{_styled(kind)} {counts[kind]}" for kind in VerdictKind if counts[kind])
        score = f"{result.score:g}" if result.graded else "–"  # it is no zero
        score = f"{score} / {result.max_score:g}"
        table.add_row(_plain(result.student), score, kinds, str(len(result.repairs) or ""))
    if len(results) > MOST_ROWS:
        table.add_row(f"… and {len(results) - MOST_ROWS} more")
    return table


def verdict_table(verdicts: Sequence[Verdict]) -> Table:
    """One row a check: the points, the verdict, and what to mend."""
    table = Table("check", "points", "verdict", "what to mend", box=None, pad_edge=False)
    for verdict in verdicts:
        lines = (verdict.message, products.line(verdict.difference), *signs.advice(verdict))
        told = "\n".join(filter(None, lines))
        points = f"{verdict.score:g} / {verdict.max_score:g}"
        table.add_row(_plain(verdict.check), points, _styled(verdict.kind), _plain(told))
    return table


def _styled(kind: VerdictKind) -> str:
    style = STYLES.get(kind, "red")
    return f"[{style}]{kind}[/{style}]"


def _plain(text: str) -> str:
    """A stranger's text: neither markup nor codes that a terminal would obey."""
    return escape(signs.readable(text, len(text)))
