"""Results into nbgrader's own database and notebooks, for its export, feedback and formgrader.

with Gradebook.open(out / "gradebook.db", "01_convolution", release) as gradebook:
    gradebook.record(result)
    write_autograded(out, release, result, notebook, outputs)
write_config(out, course)

GradebookError           the database cannot be used, in one line with what to do

Names are resolved when they are first used: importing nbgrader takes more than a second.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.nbgrader.connecting import GradebookError
    from autograder.nbgrader.database import Gradebook
    from autograder.nbgrader.executed import write_autograded
    from autograder.nbgrader.settings import write_config

__all__ = ["Gradebook", "GradebookError", "write_autograded", "write_config"]

_HOMES = {
    "Gradebook": "database",
    "GradebookError": "connecting",
    "write_autograded": "executed",
    "write_config": "settings",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
