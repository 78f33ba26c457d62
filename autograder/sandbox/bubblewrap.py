"""The wall around a warm parent: bubblewrap shows it a file tree of its own and no network."""

from pathlib import Path

from autograder.sandbox.errors import SandboxError
from autograder.sandbox.tree import Tree
from autograder.worker.setting import Setting


class Walled:
    """Not built yet."""

    gentle = False
    setting: Setting

    def __init__(self, tree: Tree) -> None:  # noqa: ARG002
        raise SandboxError("full isolation is not built yet: grade with --isolation trusted")

    def command(self, descriptor: int) -> list[str]:
        raise NotImplementedError

    def environment(self) -> dict[str, str]:
        raise NotImplementedError

    def scratch(self, user: int) -> Path:
        raise NotImplementedError

    def clean(self, scratch: Path) -> None:
        raise NotImplementedError

    def close(self) -> None:
        raise NotImplementedError
