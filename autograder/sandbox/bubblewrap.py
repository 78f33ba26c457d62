"""The wall around a warm parent: bubblewrap shows it a file tree of its own and no network."""

import os
import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from autograder.sandbox import libraries
from autograder.sandbox.command import arguments, environment
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.folders import Folder
from autograder.sandbox.tree import Tree, interpreter
from autograder.worker.privileges import NOBODY
from autograder.worker.setting import Setting

PACKAGES = "/worker"
SCRATCH = "/notebook"
"""Where a child lives; none of these names is likely to be above an interpreter."""

MISSING = "bubblewrap is not installed: `autograder doctor` says how to install it"

# As root bubblewrap needs no user namespace, so that it can bind an interpreter below a private
# home; inside, the parent mounts /proc and becomes nobody before it imports anything.
ROOTS_NAMESPACES = ("ipc", "pid", "net", "uts", "cgroup-try")
ROOTS_CAPABILITIES = ("CAP_SETUID", "CAP_SETGID", "CAP_SYS_ADMIN")
AS_ROOT = (
    *(f"--unshare-{name}" for name in ROOTS_NAMESPACES),
    *(word for name in ROOTS_CAPABILITIES for word in ("--cap-add", name)),
    *("--dir", "/proc"),
)
AS_USER = ("--unshare-all", "--cap-drop", "ALL", "--proc", "/proc")


class Walled:
    """Starts a warm parent that sees the interpreter, its tree, and nothing else."""

    def __init__(self, tree: Tree, layers: Sequence[str]) -> None:
        self._tree = tree
        self._program = program()
        self._copies = copies(tree)
        root = os.geteuid() == 0
        self.setting = Setting(
            tree.modules,
            tuple(layers),
            mounts=root,
            user=NOBODY if root else -1,
            shown=(PACKAGES, *libraries.shown()),
            writable=("/dev/shm",),
        )

    def command(self, descriptor: int) -> list[str]:
        variables = environment(self._tree, SCRATCH).items()
        wall = [self._program, *namespaces(), "--new-session", "--hostname", "grader"]
        wall += ["--clearenv", *(word for pair in variables for word in ("--setenv", *pair))]
        wall += words(self._mounts())
        return [*wall, "--", *arguments(PACKAGES, descriptor)]

    def environment(self) -> dict[str, str]:
        return {}

    def _mounts(self) -> Iterator[tuple[str, ...]]:
        yield from system()
        for name, path in self._tree.entries.items():
            yield "--ro-bind", str(path), f"{PACKAGES}/{name}"
        for name in self._tree.replaced:
            yield "--ro-bind", str(self._copies.path / name), f"{PACKAGES}/{name}"
        yield "--dev", "/dev"
        yield "--ro-bind-try", "/sys/devices/system/cpu", "/sys/devices/system/cpu"
        yield "--dir", "/tmp"
        yield "--perms", "1777", "--tmpfs", SCRATCH
        # What one child could write, the next would read.
        yield "--remount-ro", "/dev"
        yield "--remount-ro", "/"

    def user(self) -> int:
        """Children are alone in their namespaces, whoever they are."""
        return -1

    def scratch(self, user: int) -> Path:  # noqa: ARG002
        """Each child mounts its own there."""
        return Path(SCRATCH)

    def clean(self, scratch: Path) -> None:
        """It ends with the child's namespace."""

    def close(self) -> None:
        self._copies.remove()


def copies(tree: Tree) -> Folder:
    """A new folder with the files whose contents the tree replaces."""
    folder = Folder()
    for name, content in tree.replaced.items():
        path = folder.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        path.chmod(0o644)
    return folder


def program() -> str:
    """Where bubblewrap is.

    Raises:
        SandboxError: it is not installed.
    """
    found = shutil.which("bwrap")
    if not found:
        raise SandboxError(MISSING)
    return found


def namespaces() -> tuple[str, ...]:
    """What bubblewrap takes apart, which depends on who we are."""
    return AS_ROOT if os.geteuid() == 0 else AS_USER


def words(mounts: Iterable[tuple[str, ...]]) -> list[str]:
    """The arguments for mounts whose last word is the place, with the folders above each place.

    bubblewrap would make those readable by their owner alone, who is root where root judges.
    """
    found: list[str] = []
    made: set[Path] = set()
    for mount in mounts:
        for folder in reversed(Path(mount[-1]).parents[:-1]):
            if folder not in made:
                found += ["--perms", "0755", "--dir", str(folder)]
                made.add(folder)
        found += mount
        made.add(Path(mount[-1]))
    return found


def system() -> Iterator[tuple[str, ...]]:
    """The interpreter and the system's libraries, without the packages installed in them."""
    yield from _links()
    for folder in libraries.folders():
        yield "--ro-bind", str(folder), str(folder)
        yield from hidden(folder)
    yield "--ro-bind", str(interpreter()), str(interpreter())
    yield "--ro-bind-try", str(libraries.LOADER_CACHE), str(libraries.LOADER_CACHE)


def _links() -> Iterator[tuple[str, ...]]:
    for path in libraries.OLD_NAMES:
        if path.is_symlink():
            yield "--symlink", str(path.readlink()), str(path)
        else:
            yield "--ro-bind-try", str(path), str(path)


def hidden(folder: Path) -> Iterator[tuple[str, ...]]:
    """Cover packages that lie in the standard library's folder."""
    for path in libraries.installed(folder):
        yield "--tmpfs", str(path)
        yield "--remount-ro", str(path)
