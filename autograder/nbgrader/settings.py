"""The settings that let nbgrader's own commands work in an output folder."""

from pathlib import Path


def write_config(out: Path, course: Path, database: str | Path | None = None) -> Path | None:
    """Write `nbgrader_config.py` into an output folder that has none, and say where.

    Args:
        course: the course folder, with `solutions/` and `assignments/`.
        database: where it is not `gradebook.db` below the folder.

    Raises:
        OSError: it cannot be written.
    """
    raise NotImplementedError
