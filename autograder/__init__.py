"""A grader for notebooks on convolutional networks: fair, fast and safe.

`load` gives a student's notebook its `check` function; `Check`, `Case` and `Draw` are what an
instructor writes `checks.py` with. Everything is imported when it is first asked for, because a
notebook's first cell should not wait.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from autograder.checks import Case, Check, Draw
    from autograder.notebook import load

__version__ = "0.1.0"
__all__ = ["Case", "Check", "Draw", "__version__", "load"]

_HOMES = {
    "Case": "autograder.checks",
    "Check": "autograder.checks",
    "Draw": "autograder.checks",
    "load": "autograder.notebook",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'autograder' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def __dir__() -> list[str]:
    return __all__
