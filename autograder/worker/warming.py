"""Importing once what every submission imports, without starting anything."""

import gc
import importlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

# Whatever a child needs is imported before the fork; of ours that is all of it.
import autograder.worker.answering  # noqa: F401
from autograder.worker.rehearsal import rehearse

ALWAYS = ("numpy", "matplotlib.pyplot", "asyncio", "unittest.mock")

ALONG = {"sklearn": ("sklearn.datasets", "sklearn.model_selection")}
"""Submodules that a package does not import by itself, and most who use it do."""


class NotWarm(RuntimeError):
    """The parent may not be forked."""


def warm_up(modules: Iterable[str]) -> None:
    """Import the modules.

    Raises:
        NotWarm: something has started that a fork would break.
        ImportError: a module is missing.
    """
    gc.disable()  # hardly anything that imports make is garbage, and to look for it takes long
    for module in (*ALWAYS, *modules):
        for name in (module, *ALONG.get(module, ())):
            importlib.import_module(name)
    rehearse()
    for runtime, runs in RUNTIMES.items():
        if runs():
            raise NotWarm(f"an import started {runtime}, which does not survive a fork")
    if threads() != 1:
        raise NotWarm(f"{threads()} threads run after the imports; a fork needs one")
    gc.freeze()  # a child that looked through all this for garbage would copy it, page by page
    gc.enable()


def threads() -> int:
    """How many threads this process has."""
    return len(list(Path("/proc/self/task").iterdir()))


def _tensorflow_runs() -> bool:
    context = sys.modules.get("tensorflow.python.eager.context")
    if context is None:
        return False
    current = context.context_safe()
    return current is not None and current._context_handle is not None


def _jax_runs() -> bool:
    bridge = sys.modules.get("jax._src.xla_bridge")
    return bridge is not None and bridge.backends_are_initialized()


def _torch_runs() -> bool:
    """PyTorch's own pools are threads; what CUDA holds is not."""
    torch = sys.modules.get("torch")
    return torch is not None and torch.cuda.is_initialized()


RUNTIMES: dict[str, Callable[[], bool]] = {
    "TensorFlow's runtime": _tensorflow_runs,
    "JAX's runtime": _jax_runs,
    "CUDA in PyTorch": _torch_runs,
}
