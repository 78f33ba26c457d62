"""The installed distributions that an assignment's packages need, and nothing else."""

import csv
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ALWAYS = ("numpy", "ipython", "matplotlib", "matplotlib-inline")
"""What is there whatever an assignment allows: the worker itself needs it."""

BACKENDS = ("tensorflow", "jax", "torch")
"""What Keras can compute with; the first is its own default."""


class NotInstalled(RuntimeError):
    """A package that is missing on this machine, in one line with what to do."""


def provided(packages: Iterable[str]) -> frozenset[str]:
    """The modules that code of an assignment can import, besides the standard library's.

    Raises:
        NotInstalled: one of the packages is not there.
    """
    needed = closure([*packages, *ALWAYS]).values()
    return frozenset(name.removesuffix(".py") for one in needed for name in entries(one))


def closure(packages: Iterable[str]) -> dict[str, metadata.Distribution]:
    """The distributions of these packages and all that they require, by normalised name.

    Extras are left out; environment markers are evaluated for this interpreter.

    Raises:
        NotInstalled: one of them is not installed.
    """
    found: dict[str, metadata.Distribution] = {}
    todo = [(distribution_of(package), "") for package in packages]
    while todo:
        name, wanted_by = todo.pop()
        if name not in found:
            found[name] = _installed(name, wanted_by)
            todo += [(needed, name) for needed in _requirements(found[name])]
    return found


def distribution_of(package: str) -> str:
    """The normalised name of a distribution, given that or the name of a module in it."""
    try:
        return canonicalize_name(metadata.distribution(package).name)
    except (metadata.PackageNotFoundError, ValueError):
        return canonicalize_name(_providers().get(package, [package])[0])


@cache
def _providers() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()


def _installed(name: str, wanted_by: str) -> metadata.Distribution:
    try:
        return metadata.distribution(name)
    except metadata.PackageNotFoundError:
        why = f" ({wanted_by} needs it)" if wanted_by else ""
        line = f"the package {name} is not installed{why}"
        raise NotInstalled(f"{line}: install it with pip install {name}") from None


def _requirements(distribution: metadata.Distribution) -> Iterator[str]:
    for line in distribution.requires or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield canonicalize_name(requirement.name)


def entries(distribution: metadata.Distribution) -> dict[str, Path]:
    """A distribution's files and folders directly below site-packages.

    Raises:
        NotInstalled: it does not say which they are.
    """
    # Not `distribution.files`: it makes a path of each of all of TensorFlow's files.
    rows = csv.reader((distribution.read_text("RECORD") or "").splitlines())
    names = {row[0].partition("/")[0] for row in rows if row} - {"..", "__pycache__", ""}
    if not names:
        line = f"the package {distribution.name} does not list its files"
        raise NotInstalled(f"{line}: install it with pip, in a virtual environment")
    return {name: Path(str(distribution.locate_file(name))) for name in sorted(names)}


def modules(package: str) -> list[str]:
    """What to import for a package: the module of its name, or else all that it has."""
    name = package.replace("-", "_")
    found = {
        entry.removesuffix(".py")
        for entry, path in entries(metadata.distribution(distribution_of(package))).items()
        if (path / "__init__.py").is_file() or entry.endswith(".py")
    }
    if name in found:
        return [name]
    return sorted(module for module in found if not module.startswith("_"))
