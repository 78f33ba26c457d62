"""No wall: the worker's tree as links, and a scratch folder for each child."""

import os
import tempfile
from collections.abc import Sequence
from pathlib import Path

from autograder.sandbox.command import arguments, environment
from autograder.sandbox.folders import Folder, remove
from autograder.sandbox.tree import Tree, interpreter
from autograder.worker.privileges import NOBODY
from autograder.worker.setting import Setting


class Linked:
    """Starts a warm parent that sees the whole machine.

    Args:
        tree: what it imports from.
        owner: whose its own scratch folder is, if not the judge's.
    """

    def __init__(self, tree: Tree, owner: int = -1) -> None:
        self._tree = tree
        self._folder = Folder()
        self._folder.path.chmod(0o755)
        self._packages = self._folder.path / "packages"
        lay_out(tree, self._packages)
        self._scratch = self._folder.path / "scratch"
        self._scratch.mkdir()
        self._home = self.scratch(owner if owner >= 0 else os.geteuid())
        self.readable = (
            str(self._packages),
            str(interpreter()),
            *(str(path) for path in tree.entries.values()),
        )

    def command(self, descriptor: int) -> list[str]:
        return arguments(str(self._packages), descriptor)

    def environment(self) -> dict[str, str]:
        return environment(self._tree, str(self._home))

    def user(self) -> int:
        """Children stay who the parent is."""
        return -1

    def scratch(self, user: int) -> Path:
        """A new scratch folder for a child of this user."""
        folder = Path(tempfile.mkdtemp(dir=self._scratch))
        if os.geteuid() != user:
            os.chown(folder, user, user)
        return folder

    def clean(self, scratch: Path) -> None:
        remove(scratch)

    def close(self) -> None:
        self._folder.remove()


class Trusted(Linked):
    """A parent that gives up being root if it can read its tree all the same."""

    def __init__(self, tree: Tree, layers: Sequence[str]) -> None:
        user = NOBODY if os.geteuid() == 0 else -1
        super().__init__(tree, user)
        self.setting = Setting(tree.modules, tuple(layers), user=user, readable=self.readable)


def lay_out(tree: Tree, folder: Path) -> None:
    """Make the tree: links, but for what is replaced, and the folders on the way there."""
    for name, path in tree.entries.items():
        link = folder / name
        link.parent.mkdir(parents=True, exist_ok=True)
        link.symlink_to(path)
    for name, content in tree.replaced.items():
        for inner in reversed(Path(name).parents[:-1]):
            _open_up(folder / inner)
        path = folder / name
        path.unlink()
        path.write_bytes(content)


def _open_up(link: Path) -> None:
    """Make a linked folder a real one of links."""
    if link.is_symlink():
        origin = link.readlink()
        link.unlink()
        link.mkdir()
        for path in origin.iterdir():
            (link / path.name).symlink_to(path)
