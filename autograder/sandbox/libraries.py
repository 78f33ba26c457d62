"""The interpreter's and the system's libraries, without the packages installed among them."""

from collections.abc import Iterator
from pathlib import Path

from autograder.sandbox.tree import interpreter

OLD_NAMES = tuple(map(Path, ("/lib", "/lib32", "/lib64", "/libx32")))
"""Links on most machines, folders on some."""

LOADER_CACHE = Path("/etc/ld.so.cache")


def folders() -> Iterator[Path]:
    """Where they lie, by their newer names."""
    prefix = interpreter().parent.parent
    candidates = (Path("/usr/lib"), Path("/usr/lib64"), prefix / "lib", prefix / "lib64")
    for folder in dict.fromkeys(candidates):
        if folder.is_dir() and not folder.is_symlink():
            yield folder


def installed(folder: Path) -> Iterator[Path]:
    """Packages that lie in the standard library's folder."""
    for packages in ("site-packages", "dist-packages"):
        yield from sorted(folder.glob(f"python*/{packages}"))


def shown() -> tuple[str, ...]:
    """All of them, for Landlock."""
    return tuple(map(str, (*OLD_NAMES, *folders(), interpreter(), LOADER_CACHE)))


def hidden() -> tuple[str, ...]:
    """What of these folders is not the libraries'."""
    return tuple(str(path) for folder in folders() for path in installed(folder))
