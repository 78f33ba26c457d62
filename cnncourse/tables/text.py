"""A summary as text: as Keras 2 printed it, as Keras 3 does, and as Markdown."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from io import StringIO

from rich.console import Console, JustifyMethod
from rich.table import Table

from cnncourse.tables.contents import Row, Summary

HEADER = ("Layer (type)", "Output Shape", "Param #")
KERAS2_WIDTHS = (29, 26, 10)
KERAS3_WIDTHS = (36, 27, 15)
KERAS3_JUSTIFY: tuple[JustifyMethod, ...] = ("left", "left", "right")
WIDER_THAN_ANY_NAME = 10_000
# where Keras puts an underscore into a class's name to name its layers: Max|Pooling2D, P|Re|LU
AUTOMATIC_BREAK = re.compile("(?<=[a-z])(?=[A-Z])|(?<=.)(?=[A-Z][a-z])")


def keras2(summary: Summary) -> str:
    """As Keras 2.2 printed it, layers numbered from 1; columns widen where Keras 2 cut names."""
    rows = [HEADER, *((*row.cells, str(row.params)) for row in _numbered_from_one(summary.rows))]
    widths = [max(KERAS2_WIDTHS[i], *(len(row[i]) + 1 for row in rows)) for i in range(len(HEADER))]
    header, *layers = ["".join(map(str.ljust, row, widths)) for row in rows]
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
    table = Table(show_lines=True)
    for header, width, justify in zip(HEADER, KERAS3_WIDTHS, KERAS3_JUSTIFY, strict=True):
        table.add_column(header, min_width=width, justify=justify)
    for row in summary.rows:
        table.add_row(*row.cells, f"{row.params:,}")
    totals = [
        f" {name} params: {weights} ({_readable(weights.size)})"
        for name, weights in summary.totals.items()
    ]
    return "\n".join([f'Model: "{summary.name}"', _plain_text(table), *totals])


def _plain_text(table: Table) -> str:
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
        console.print(table)
    return capture.get().rstrip("\n")


def _readable(size: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} TB"


def markdown(summary: Summary) -> str:
    """A pipe table, and the totals as a list."""
    rows = [HEADER, ("---", "---", "---:")]
    rows += [(*row.cells, str(row.params)) for row in summary.rows]
    table = ["| " + " | ".join(cell.replace("|", r"\|") for cell in row) + " |" for row in rows]
    totals = [f"- {name} params: {weights}" for name, weights in summary.totals.items()]
    return "\n".join([*table, "", *totals])


STYLES: dict[str, Callable[[Summary], str]] = {
    "keras2": keras2,
    "keras3": keras3,
    "markdown": markdown,
}
