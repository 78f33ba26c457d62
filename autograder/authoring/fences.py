"""What an author forbids must be something whose calls can be noticed."""

import sys
from collections.abc import Sequence
from contextlib import suppress
from importlib import import_module

from autograder.authoring.errors import BuildError
from autograder.checks import Check
from autograder.course import Assignment
from autograder.worker.targets import Targets


def refuse_unseen(assignment: Assignment, checks: Sequence[Check]) -> None:
    """Complain of names that forbid nothing. Packages that no answer imports are left alone.

    Raises:
        BuildError: a name is misspelt, or of what is called without a trace.
    """
    for check in checks:
        for name in check.forbidden:
            if name.partition(".")[0] in sys.modules and (why := _unseen(name)):
                line = f"check {check.name!r} forbids {name!r}, {why}"
                raise BuildError(f"{assignment.checks_file}: {line}")


def _unseen(name: str) -> str:
    """Why a name forbids nothing, or ""."""
    parts = name.split(".")
    for end in range(2, len(parts) + 1):
        with suppress(ImportError):
            import_module(".".join(parts[:end]))
    targets = Targets([name])
    targets.look()
    if targets.missing:
        return "which does not exist"
    seen = targets.codes or targets.builtins or targets.dispatched or targets.modules
    return "" if seen else "whose calls leave no trace, as those of universal functions do not"
