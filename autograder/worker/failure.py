"""An exception of a student's code as an observation."""

import linecache
import traceback
from types import TracebackType
from typing import Any

from autograder.worker.exceeding import exceeded
from autograder.worker.text import plain

MAX_MESSAGE = 2_000
MAX_LINE = 300
MAX_TRACEBACK = 8_000

CELLS = ("<ipython-input", "<timed ")
"""How IPython begins the file names of code from cells; a Jupyter kernel has a folder for them."""


def describe(error: BaseException) -> dict[str, Any]:
    """Type, message, the student's own line that raised, the traceback from there on, the limit."""
    frames = _frames(error)
    line, number = _place(error, frames)
    return {
        "type": plain(_name(error), MAX_LINE),
        "message": plain(error, MAX_MESSAGE),
        "line": line,
        "line_number": number,
        "traceback": _traceback(error, frames),
        "limit": exceeded(error),
    }


def _name(error: BaseException) -> str:
    """The name of its type; Python 3.13 has a SyntaxError of its own for code that breaks off."""
    name = type(error).__name__
    return "SyntaxError" if name == "_IncompleteInputError" else name


def _frames(error: BaseException) -> list[TracebackType]:
    """The traceback from the first frame of a cell on; all that is above is ours."""
    frames: list[TracebackType] = []
    trace = error.__traceback__
    while trace is not None:
        if frames or _is_cell(trace.tb_frame.f_code.co_filename):
            frames.append(trace)
        trace = trace.tb_next
    return frames


def _is_cell(filename: str) -> bool:
    return filename.startswith(CELLS) or "ipykernel_" in filename


def _place(error: BaseException, frames: list[TracebackType]) -> tuple[str, int]:
    """The innermost line of a cell that led to the error."""
    if isinstance(error, SyntaxError) and _is_cell(str(error.filename)):
        return plain((error.text or "").strip(), MAX_LINE), error.lineno or 0
    for trace in reversed(frames):
        filename = trace.tb_frame.f_code.co_filename
        if _is_cell(filename):
            line = linecache.getline(filename, trace.tb_lineno).strip()
            return plain(line, MAX_LINE), trace.tb_lineno
    return "", 0


def _traceback(error: BaseException, frames: list[TracebackType]) -> str:
    start = frames[0] if frames else None
    try:
        lines = traceback.format_exception(type(error), error, start, limit=-20, chain=False)
    except Exception:  # a student's own __str__ may do anything
        return ""
    return plain("".join(lines), MAX_TRACEBACK)
