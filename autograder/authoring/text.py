"""The notebook as an author writes it: jupytext's percent format, read into cells."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import ValidationError

from autograder.authoring.errors import BuildError
from autograder.percent import read_percent

OPTIONS = ("grade_id", "manual", "points", "open")
"""What an author may write behind `# %%`, as `name=value`."""

LAYOUT = {"lines_to_next_cell", "lines_to_end_of_cell_marker", "cell_marker"}
"""What jupytext notes about the text's own layout."""

MAGIC = re.compile(r"^# (?=%%?[A-Za-z])", re.MULTILINE)
"""Before a command of IPython's, `# %matplotlib inline`, so that the text is Python."""


@dataclass(frozen=True)
class TextCell:
    """One cell of the text notebook; `number` counts from 1."""

    number: int
    kind: str  # "code" or "markdown"
    source: str
    options: Mapping[str, Any]

    @property
    def where(self) -> str:
        """The cell as a message names it."""
        first = self.source.partition("\n")[0]
        return f"cell {self.number} ({first[:40]!r})"


def read_cells(path: Path) -> list[TextCell]:
    """The cells of a text notebook, in order.

    Raises:
        BuildError: it cannot be read, or a cell has an option that is not known.
    """
    try:
        cells = read_percent(path)
    except FileNotFoundError:
        raise BuildError(f"{path} does not exist; it is the notebook as text") from None
    except (OSError, ValueError, ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise BuildError(f"{path} cannot be read: {reason}") from None
    try:
        return [_cell(number, cell) for number, cell in enumerate(cells, 1)]
    except BuildError as error:
        raise BuildError(f"{path}: {error}") from None


def _cell(number: int, cell: Any) -> TextCell:
    options = {name: value for name, value in cell.metadata.items() if name not in LAYOUT}
    source = MAGIC.sub("", cell.source) if cell.cell_type == "code" else cell.source
    text = TextCell(number, cell.cell_type, source.strip("\n"), options)
    if unknown := sorted(options.keys() - set(OPTIONS)):
        raise BuildError(
            f"{text.where}: unknown {', '.join(unknown)}; expected some of {', '.join(OPTIONS)}"
        )
    if text.kind not in ("code", "markdown"):
        raise BuildError(f"{text.where} is {text.kind}; expected code or [markdown]")
    return text
