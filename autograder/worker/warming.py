"""Importing once what every submission imports, without starting anything."""

import importlib
import sys
from collections.abc import Iterable
from pathlib import Path

# Whatever a child needs is imported before the fork; of ours that is all of it.
import autograder.worker.answering  # noqa: F401

ALWAYS = ("numpy", "matplotlib.pyplot", "asyncio", "unittest.mock")


class NotWarm(RuntimeError):
    """The parent may not be forked."""


def warm_up(modules: Iterable[str]) -> str:
    """Import the modules; the name of what computes.

    Raises:
        NotWarm: something has started that a fork would break.
        ImportError: a module is missing.
    """
    for module in (*ALWAYS, *modules):
        importlib.import_module(module)
    if threads() != 1:
        raise NotWarm(f"{threads()} threads run after the imports; a fork needs one")
    if _tensorflow_runs():
        raise NotWarm("an import started TensorFlow's runtime, which does not survive a fork")
    keras = sys.modules.get("keras")
    return str(keras.backend.backend()) if keras else "numpy"


def threads() -> int:
    """How many threads this process has."""
    return len(list(Path("/proc/self/task").iterdir()))


def _tensorflow_runs() -> bool:
    context = sys.modules.get("tensorflow.python.eager.context")
    if context is None:
        return False
    current = context.context_safe()
    return current is not None and current._context_handle is not None
