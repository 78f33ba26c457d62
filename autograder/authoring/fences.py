"""What an author forbids must be something whose calls can be noticed."""

import builtins
import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec

from autograder.authoring.errors import BuildError
from autograder.checks import Check
from autograder.course import Assignment
from autograder.worker.calls.derivatives import BACKENDS
from autograder.worker.targets import Targets


def refuse_unseen(assignment: Assignment, checks: Sequence[Check]) -> None:
    """Complain of names that forbid nothing.

    What an installed package has that no answer imports is left alone.

    Raises:
        BuildError: a name is misspelt, or of what is called without a trace.
    """
    for check in checks:
        for name in check.forbidden:
            if why := _unseen(name):
                line = f"check {check.name!r} forbids {name!r}, {why}"
                raise BuildError(f"{assignment.checks_file}: {line}")


def _unseen(name: str) -> str:
    """Why a name forbids nothing, or ""."""
    head, *_ = parts = name.split(".")
    if head not in sys.modules:
        return _unknown(name, head)
    for end in range(2, len(parts) + 1):
        with suppress(ImportError):
            import_module(".".join(parts[:end]))
    targets = Targets([name])
    targets.look()
    if targets.missing:
        return "which does not exist"
    seen = targets.codes or targets.builtins or targets.dispatched or targets.modules
    return "" if seen else "whose calls leave no trace, as those of universal functions do not"


def _unknown(name: str, head: str) -> str:
    """Why a name forbids nothing whose module no answer imports, or ""."""
    if head in vars(builtins):
        return f"which is no module; say builtins.{name}"
    if head in BACKENDS or find_spec(head):
        return ""
    return f"but no module {head} is installed; say the whole name, such as numpy.convolve"
