"""A summary or a profile as text: as Keras 2 printed it, as Keras 3 does, and as Markdown."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from io import StringIO
from itertools import zip_longest

from rich.console import Console, JustifyMethod
from rich.table import Table

from cnncourse.tables.contents import Row, Summary, readable

KERAS2_WIDTHS = (29, 26, 10)
KERAS3_WIDTHS = (36, 27, 15)
WIDER_THAN_ANY_NAME = 10_000
# where Keras puts an underscore into a class's name to name its layers: Max|Pooling2D, P|Re|LU
AUTOMATIC_BREAK = re.compile("(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])")


def keras2(summary: Summary) -> str:
    """As Keras 2.2 printed it, layers numbered from 1; columns widen where Keras 2 cut names."""
    rows = [row.cells for row in _numbered_from_one(summary.rows)]
    lines = [summary.header, *(tuple(map(str, cells)) for cells in rows)]
    widths = [max(KERAS2_WIDTHS[i], *(len(line[i]) + 1 for line in lines)) for i in range(3)]
    header, *layers = ["".join(map(str.ljust, line, widths)) for line in lines]
    thin, thick = "_" * sum(widths), "=" * sum(widths)
    totals = [f"{name} params: {weights}" for name, weights in summary.totals.items()]
    return "\n".join([thin, header, thick, f"\n{thin}\n".join(layers), thick, *totals, thin])


def _numbered_from_one(rows: Iterable[Row]) -> Iterator[Row]:
    """Keras 3 gives a type's first layer no number, and goes on counting from model to model."""
    seen: Counter[str] = Counter()
    for row in rows:
        automatic = AUTOMATIC_BREAK.sub("_", row.layer_type).lower()
        if re.fullmatch(rf"{automatic}(_\d+)?", row.name):
            seen[automatic] += 1
            prefix = "input" if automatic == "input_layer" else automatic
            yield replace(row, name=f"{prefix}_{seen[automatic]}")
        else:
            yield row


def keras3(summary: Summary) -> str:
    """As Keras 3 prints it on a line of 88; columns widen where Keras 3 breaks or cuts names."""
    return _framed(summary, KERAS3_WIDTHS, show_lines=True)


def table(summary: Summary) -> str:
    """A line for each layer, columns as wide as what is in them."""
    return _framed(summary, (), show_lines=False)


def _framed(summary: Summary, widths: Sequence[int], *, show_lines: bool) -> str:
    frame = Table(show_lines=show_lines)
    for header, width in zip_longest(summary.header, widths):
        frame.add_column(header, min_width=width, justify=_justify(header))
    for row in summary.rows:
        frame.add_row(*map(_separated, row.cells))
    totals = [
        f" {name} params: {weights} ({readable(weights.size)})"
        for name, weights in summary.totals.items()
    ]
    notes = [f" {note}" for note in summary.notes]
    return "\n".join([f'Model: "{summary.name}"', _plain_text(frame), *totals, *notes])


def _justify(header: str) -> JustifyMethod:
    return "left" if header in Summary.header[:2] else "right"


def _separated(cell: str | int) -> str:
    return cell if isinstance(cell, str) else f"{cell:,}"


def _plain_text(frame: Table) -> str:
    console = Console(
        file=StringIO(),
        width=WIDER_THAN_ANY_NAME,
        color_system=None,
        legacy_windows=False,
        force_jupyter=False,
        markup=False,
        emoji=False,
    )
    with console.capture() as capture:
        console.print(frame)
    return capture.get().rstrip("\n")


def markdown(summary: Summary) -> str:
    """A pipe table, and the totals as a list."""
    rule = ("---" if _justify(header) == "left" else "---:" for header in summary.header)
    rows = [summary.header, tuple(rule)]
    rows += [tuple(map(str, row.cells)) for row in summary.rows]
    table = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    totals = [f"- {name} params: {weights}" for name, weights in summary.totals.items()]
    return "\n".join([*table, "", *totals, *(f"- {note}" for note in summary.notes)])


STYLES: dict[str, Callable[[Summary], str]] = {
    "keras2": keras2,
    "keras3": keras3,
    "markdown": markdown,
}
