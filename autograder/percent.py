"""Notebooks as text, in jupytext's percent format, read into cells."""

from pathlib import Path

from nbformat import NotebookNode

FORMAT = {"extension": ".py", "format_name": "percent", "comment_magics": False}
"""Otherwise `# copy x before you change it` counts as a command of a shell, and is no comment."""


def read_percent(path: Path) -> list[NotebookNode]:
    """The cells of a text notebook, in order; what is a comment there stays one.

    Raises:
        OSError, ValueError, ValidationError: it cannot be read.
    """
    # Here, because to import it takes long, and few of those who import this read a text.
    import jupytext

    cells: list[NotebookNode] = jupytext.reads(path.read_text(encoding="utf-8"), FORMAT).cells
    return cells
