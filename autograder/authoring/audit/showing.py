"""What a terminal shows of an audit: how far it is, a table, and survivors as diffs."""

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from autograder.authoring.audit.audited import Audited
from autograder.authoring.audit.auditing import Watch

SECONDS = 5.0
"""Between two lines, where there is no terminal."""


@contextmanager
def progress(console: Console) -> Iterator[Watch]:
    """Show how far an audit is: a bar with the time left, or a line now and then."""
    if not console.is_terminal:
        yield _lines(console)
        return
    columns = (
        TextColumn("auditing"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("")
        yield lambda done, total, last: bar.update(
            task, completed=done, total=total, description=escape(last)
        )


def _lines(console: Console) -> Watch:
    told, said = time.monotonic(), set[str]()

    def tell(done: int, total: int, last: str) -> None:
        nonlocal told
        line = f"{done} of {total}: {escape(last)}"
        if line not in said and (time.monotonic() - told >= SECONDS or done == total):
            told = time.monotonic()
            said.add(line)
            console.print(line)

    return tell


def show(console: Console, audited: Sequence[Audited]) -> None:
    """A row for each check, then all that is to be mended."""
    console.print(_table(audited))
    for one in audited:
        if not one.sound:
            console.print(f"\n[bold]{escape(one.assignment)}: {escape(one.check)}[/]")
        for diff in one.survivors:
            console.print(_coloured(diff), soft_wrap=True)
        for title, lines in (
            ("misconception", one.undistinguished),
            ("right answer failed", one.failed_right_answers),
        ):
            for line in lines:
                console.print(f"[red]{title}[/]: {escape(line)}", soft_wrap=True)


def _table(audited: Sequence[Audited]) -> Table:
    titles = ("mutants", "killed", "equivalent", "survivors", "misconceptions", "right", "per s")
    table = Table("check", *titles, "backends", box=None, pad_edge=False)
    for one in audited:
        table.add_row(
            escape(one.check),
            str(one.mutants),
            str(one.killed),
            str(one.equivalent),
            _red(f"{len(one.survivors)}") if one.survivors else "0",
            _of(one.misconceptions, one.undistinguished, "not told apart"),
            _of(one.right_answers, one.failed_right_answers, "failed"),
            f"{one.per_second:g}",
            ", ".join(one.backends),
        )
    return table


def _of(count: int, wrong: Sequence[str], what: str) -> str:
    """How many there are, and with how many of them something is wrong."""
    return f"{count}, {_red(f'{len(wrong)} {what}')}" if wrong else str(count)


def _red(text: str) -> str:
    return f"[red]{text}[/]"


def _coloured(diff: str) -> str:
    styles = {"-": "red", "+": "green"}
    return "\n".join(
        f"[{styles.get(line[:1], 'dim')}]{escape(line)}[/]" for line in diff.splitlines()
    )
