"""What a terminal shows of a machine: a row for each mechanism, then the tier, then what to do."""

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from autograder.isolation import Isolation
from autograder.machine.diagnosis import Diagnosis
from autograder.machine.mechanisms import Probe


def show(console: Console, diagnosis: Diagnosis) -> None:
    """Every mechanism; the tier that follows, and what a stronger one or a stronger wall takes."""
    table = Table("mechanism", "what it is for", "tried", "result", box=None, pad_edge=False)
    for one in diagnosis.probes:
        tried = one.tried or "not tried"
        table.add_row(*map(escape, (one.name, one.purpose, tried)), _result(one))
    console.print(table)
    for line in diagnosis.advice():
        console.print(f"[yellow]{escape(line)}[/]", soft_wrap=True)
    given = diagnosis.isolation or "none"
    least = "" if diagnosis.minimum is Isolation.FULL else " or stronger"
    console.print(f"isolation: {given}; wanted: {diagnosis.minimum}{least}")


def _result(probe: Probe) -> str:
    if probe.works:
        return f"[green]works[/]: {escape(probe.result)}"
    word = "fails" if probe.present else "missing"
    return f"[red]{word}[/]: {escape(probe.result)}"
