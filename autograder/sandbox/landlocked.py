"""A wall without namespaces: the machine is in sight, and the kernel refuses nearly all of it."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.sandbox import libraries
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.tree import Tree
from autograder.sandbox.trusted import Linked
from autograder.sandbox.users import users
from autograder.worker.setting import Setting
from autograder.worker.wall import lacking


class Landlocked(Linked):
    """Starts a warm parent whose children may open a few files and reach nobody.

    Where root judges, the parent stays root, for it runs nothing of a student's, and each child
    becomes a user of its own.
    """

    def __init__(self, tree: Tree, layers: Sequence[str]) -> None:
        for reason in lacking().values():
            raise SandboxError(reason)
        super().__init__(tree)
        shown = (*libraries.shown(), *self.readable)
        searching = not all(map(_open_to_all, shown))
        self._users = users(searching)
        self.setting = Setting(
            tree.modules,
            tuple(layers),
            shown=shown,
            hidden=(*libraries.hidden(), *map(str, _originals(tree))),
            searches=searching,
        )

    def user(self) -> int:
        """Who the next child becomes."""
        return next(self._users)


def _originals(tree: Tree) -> Iterable[Path]:
    """Files that the tree replaces, where they lie."""
    for name in tree.replaced:
        entry = next(inner for inner in Path(name).parents if str(inner) in tree.entries)
        yield tree.entries[str(entry)] / Path(name).relative_to(entry)


def _open_to_all(name: str) -> bool:
    """Whether any user may read a file; one that is not there stands in nobody's way."""
    path = Path(name).resolve()
    if not path.exists():
        return True
    way = all(folder.stat().st_mode & 0o001 for folder in path.parents)
    return way and bool(path.stat().st_mode & 0o004)
