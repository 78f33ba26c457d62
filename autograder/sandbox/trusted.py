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


class Trusted:
    """Starts a warm parent that sees the whole machine."""

    def __init__(self, tree: Tree, layers: Sequence[str]) -> None:
        self._tree = tree
        self._folder = Folder()
        self._folder.path.chmod(0o755)
        self._packages = self._folder.path / "packages"
        lay_out(tree, self._packages)
        # Where root judges, the parent gives up being root if it can read its tree all the same.
        user = NOBODY if os.geteuid() == 0 else -1
        self._scratch = self._folder.path / "scratch"
        self._scratch.mkdir()
        self._home = self.scratch(user if user >= 0 else os.geteuid())
        readable = (
            str(self._packages),
            str(interpreter()),
            *(str(path) for path in tree.entries.values()),
        )
        self.setting = Setting(tree.modules, tuple(layers), user=user, readable=readable)

    def command(self, descriptor: int) -> list[str]:
        return arguments(str(self._packages), descriptor)

    def environment(self) -> dict[str, str]:
        return environment(self._tree, str(self._home))

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
