"""What a warm parent may read besides the interpreter; the same with and without a wall.

An assignment's other packages, the references, checks, solutions and submissions are not hidden:
they are not there.
"""

import sys
from collections.abc import Container, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder import protocol
from autograder.sandbox.closure import closure, entries, modules
from autograder.sandbox.errors import SandboxError

ALWAYS = ("numpy", "ipython", "matplotlib", "matplotlib-inline")
"""What the worker itself needs."""

BACKENDS = ("tensorflow", "jax", "torch")


@dataclass(frozen=True)
class Tree:
    """The worker's site-packages.

    Args:
        entries: where each file or folder in it lies, by its name there.
        modules: what to import before the first fork.
        backend: what Keras computes with, or "".
    """

    entries: dict[str, Path]
    modules: tuple[str, ...]
    backend: str


def plan(packages: Sequence[str]) -> Tree:
    """The tree of an assignment that allows these packages.

    Raises:
        SandboxError: one of them, or what it requires, is not installed.
    """
    found: dict[str, Path] = {}
    needed = closure([*packages, *ALWAYS])
    for distribution in needed.values():
        found |= entries(distribution)
    ours = Path(protocol.__file__).parent
    found |= {f"autograder/{name}": ours / name for name in ("protocol.py", "worker")}
    imports = tuple(module for package in packages for module in modules(package))
    return Tree(found, imports, _backend(needed))


def _backend(distributions: Container[str]) -> str:
    backend = next((name for name in BACKENDS if name in distributions), "")
    if "keras" in distributions and not backend:
        raise SandboxError("keras needs tensorflow, jax or torch: add one to the packages")
    return backend


def interpreter() -> Path:
    """The interpreter itself, not a virtual environment's link to it."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()
