"""What the judge tells a warm parent: once for all, and for each child."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Setting:
    """How the children of a warm parent live.

    Args:
        modules: what to import before the first fork.
        layers: what keeps a child in, by the names in `layers.Layer`.
        mounts: whether the parent has yet to mount /proc, before it gives up being root.
        user: the unprivileged user to become, or -1 to stay.
        readable: what that user must be able to read, else the parent stays who it is.
    """

    modules: tuple[str, ...]
    layers: tuple[str, ...]
    mounts: bool = False
    user: int = -1
    readable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Allowance:
    """What one child may use, and where its scratch folder is."""

    scratch: str
    memory_bytes: int
    processes: int
    file_bytes: int
    scratch_bytes: int
    scratch_files: int
    open_files: int
    output_characters: int
    cpu_seconds: int
