"""What the judge tells a warm parent: once for all, and for each child."""

from dataclasses import dataclass

MAX_MESSAGE = 1 << 16
"""Bytes of a message to or from a warm parent."""


@dataclass(frozen=True)
class Setting:
    """How the children of a warm parent live.

    Args:
        modules: what to import before the first fork.
        layers: what keeps a child in, by the names in `layers.Layer`.
        mounts: whether the parent has yet to mount /proc, before it gives up being root.
        user: the unprivileged user to become, or -1 to stay.
        readable: what that user must be able to read, else the parent stays who it is.
        shown: files and folders that Landlock lets children read; they see the names of all in it.
        hidden: what of that they may not read after all.
        writable: folders that Landlock lets each child write, besides its scratch folder.
        searches: whether a child's own user could not read all that is shown, so that it keeps the
            capability to, which Landlock bounds.
    """

    modules: tuple[str, ...]
    layers: tuple[str, ...]
    mounts: bool = False
    user: int = -1
    readable: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    writable: tuple[str, ...] = ()
    searches: bool = False


@dataclass(frozen=True)
class Allowance:
    """What one child may use.

    Args:
        scratch: its folder.
        user: the user that nobody else is and that it becomes, or -1 to stay.
    """

    scratch: str
    user: int
    memory_bytes: int
    processes: int
    file_bytes: int
    scratch_bytes: int
    scratch_files: int
    open_files: int
    output_characters: int
    cpu_seconds: int
