"""What a warm parent may read besides the interpreter; the same with and without a wall.

An assignment's other packages, the references, checks, solutions and submissions are not hidden:
they are not there.
"""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder import protocol
from autograder.distributions import ALWAYS, NotInstalled, closure, entries, modules
from autograder.sandbox.backends import choose
from autograder.sandbox.datasets import replacements
from autograder.sandbox.errors import SandboxError


@dataclass(frozen=True)
class Tree:
    """The worker's site-packages.

    Args:
        entries: where each file or folder in it lies, by its name there.
        modules: what to import before the first fork.
        backend: what Keras computes with, or "".
        versions: of the packages in it.
        replaced: other contents of files that lie in these folders, by their names in the tree.
    """

    entries: dict[str, Path]
    modules: tuple[str, ...]
    backend: str
    versions: Mapping[str, str]
    replaced: Mapping[str, bytes]


def plan(packages: Sequence[str], seed: bytes = b"") -> Tree:
    """The tree of an assignment that allows these packages.

    Args:
        packages: distributions or modules; where `keras` alone is named, its backend comes with it.
        seed: what bundled data sets are transformed under; empty to leave them as they are.

    Raises:
        SandboxError: one of them, or what it requires, is not installed.
    """
    try:
        return _plan(packages, seed)
    except NotInstalled as missing:
        raise SandboxError(str(missing)) from None


def _plan(packages: Sequence[str], seed: bytes) -> Tree:
    backend = choose(packages)
    if backend and backend not in packages:
        packages = (*packages, backend)
    return _planned(tuple(packages), backend, seed)


@cache
def _planned(packages: tuple[str, ...], backend: str, seed: bytes) -> Tree:
    needed = closure([*packages, *ALWAYS])
    found: dict[str, Path] = {}
    for distribution in needed.values():
        found |= entries(distribution)
    ours = Path(protocol.__file__).parent
    found |= {f"autograder/{name}": ours / name for name in ("protocol.py", "worker")}
    imports = tuple(module for package in packages for module in modules(package))
    versions = {name: needed[name].version for name in sorted(needed)}
    return Tree(found, imports, backend, versions, replacements(needed, seed))


def interpreter() -> Path:
    """The interpreter itself, not a virtual environment's link to it."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable).resolve()
