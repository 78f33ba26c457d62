"""An exception of the student's code, told so that a student can mend it."""

import re
from collections.abc import Mapping

from autograder.checks import EXCEEDED, Limits
from autograder.protocol import Value
from autograder.results import VerdictKind

IN_CELL = re.compile(r"\(<ipython-input[^>]*>, (line \d+)\)")
NO_MEMORY = re.compile(
    "RESOURCE_EXHAUSTED|OOM when allocating|failed to allocate memory|an't allocate memory"
    "|annot allocate memory|bad_alloc"
)
"""How JAX, TensorFlow, PyTorch and the C library say it, under types that Keras may change."""

IN_TENSORFLOW = re.compile(r"\{\{\w+ [^}]*\}\} ?")
"""Where in its graph TensorFlow was, before what it says."""

NO_MODULE = re.compile(r"No module named '([^'.]+)")


def raised(error: Value, limits: Limits | None = None) -> tuple[VerdictKind, str]:
    """The kind of verdict that an exception amounts to, and what it was, in one line.

    Args:
        error: `type`, `message`, `line` and `limit` as the worker reports them; none of it is
            trusted.
        limits: what held, if anything did.
    """
    name, message, line = (_text(error, key) for key in ("type", "message", "line"))
    starved = _starved(error)
    kind = VerdictKind.OUT_OF_MEMORY if starved else VerdictKind.ERROR
    missing = NO_MODULE.match(message)
    if name == "ModuleNotFoundError" and missing:
        return kind, f"{missing[1]} is not available in this assignment"
    message = IN_TENSORFLOW.sub("", IN_CELL.sub(r"(\1)", message))
    place = f", in the line: {line}" if line else ""
    said = f"{name or 'an exception'}{': ' if message else ''}{message}{place}"
    limit = "memory_bytes" if starved else _text(error, "limit")
    if limits and limit in EXCEEDED:
        return kind, f"{limits.exceeded(limit)}: {said}"
    return kind, f"raised {said}"


def _starved(error: Value) -> bool:
    """Whether memory was what it lacked."""
    message = error.get("message") if isinstance(error, Mapping) else None
    said = isinstance(message, str) and NO_MEMORY.search(message)
    names = {_text(error, "type"), _text(error, "limit")}
    return bool(said) or bool(names & {"MemoryError", "ResourceExhaustedError", "memory_bytes"})


def _text(error: Value, key: str) -> str:
    value = error.get(key) if isinstance(error, Mapping) else None
    return " ".join(value.split())[:300] if isinstance(value, str) else ""
