"""Which files a child may open and whom it may reach: the kernel's Landlock, any version of it.

What it does not know, such as the attributes of files, is refused by filters of calls.
"""

import os
import stat
import struct
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.worker import linux

EXECUTE, WRITE_FILE, READ_FILE, READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
MAKE_CHAR, MAKE_BLOCK, TRUNCATE, IOCTL_DEV = 1 << 6, 1 << 11, 1 << 14, 1 << 15

RIGHTS = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 5: (1 << 16) - 1}
"""What is refused unless it is allowed, from this version on."""

NETWORK = 4
"""The version from which on TCP is refused as well."""
SCOPES = 6
"""From here on abstract sockets and signals reach nobody outside either."""

OF_A_FILE = EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE | IOCTL_DEV
READ = EXECUTE | READ_FILE | READ_DIR
WRITE = ~(EXECUTE | MAKE_CHAR | MAKE_BLOCK | IOCTL_DEV)

DEVICES = ("/dev/full", "/dev/random", "/dev/urandom", "/dev/zero")
"""Not to be written: memory that is shared by way of /dev/zero no limit would count."""
MACHINE = ("/sys/devices/system/cpu",)
PROCESS = {
    "/proc/self": READ_DIR,  # not all in it: mounts, cgroups and sockets are the machine's
    **{
        f"/proc/self/{name}": READ_FILE
        for name in ("cmdline", "comm", "limits", "maps", "smaps", "stat", "statm", "status")
    },
    **{f"/proc/{name}": READ_FILE for name in ("cpuinfo", "meminfo", "stat")},
    "/proc/sys/vm/overcommit_memory": READ_FILE,
}
"""What libraries read there. It is another file for each process, so each child opens its own."""


@dataclass(frozen=True)
class Grant:
    """Rights to a file, or to a folder and all below it, which an open descriptor names."""

    rights: int
    descriptor: int


class Rules:
    """What all children of a warm parent may read, looked up once.

    Args:
        shown: files, and folders with all below them.
        hidden: what of that they may not read after all; names of files are seen.
        version: Landlock's.
    """

    def __init__(self, shown: Iterable[str], hidden: Iterable[str], version: int) -> None:
        self._handled = RIGHTS[max(known for known in RIGHTS if known <= version)]
        self._attributes = struct.pack(
            "=QQQ", self._handled, 3 if version >= NETWORK else 0, 3 if version >= SCOPES else 0
        )[: 8 if version < NETWORK else 16 if version < SCOPES else 24]
        covered = [Path(path).resolve() for path in hidden]
        self._grants = [_grant(Path("/dev/null"), READ_FILE | WRITE_FILE)]
        for path in dict.fromkeys((*shown, *DEVICES, *MACHINE)):
            self._grants += _readable(Path(path).resolve(), covered)

    def open(self) -> int:
        """A new set with these rules."""
        ruleset = linux.landlock_ruleset(self._attributes)
        for grant in self._grants:
            self._allow(ruleset, grant)
        return ruleset

    def restrict(self, ruleset: int, writable: Iterable[str]) -> None:
        """Add a child's own folders to a set, hold this process to it, and close it."""
        own = [
            _grant(Path(path), rights) for path, rights in PROCESS.items() if Path(path).exists()
        ]
        own += [_grant(Path(path), READ | WRITE) for path in writable]
        for grant in own:
            self._allow(ruleset, grant)
            os.close(grant.descriptor)
        linux.landlock_restrict(ruleset)
        os.close(ruleset)

    def _allow(self, ruleset: int, grant: Grant) -> None:
        rule = struct.pack("=Qi", grant.rights & self._handled, grant.descriptor)
        linux.landlock_allow(ruleset, rule)


def _readable(path: Path, hidden: list[Path]) -> Iterator[Grant]:
    """Rights to read a file or folder. Around what is hidden, each neighbour gets its own.

    Links get none: what they name is granted under its own name, or not at all.
    """
    inside = [one for one in hidden if one != path and one.is_relative_to(path)]
    if not path.exists():
        return
    yield _grant(path, READ_DIR if inside else READ)
    if inside:
        for inner in path.iterdir():
            if inner not in hidden and not inner.is_symlink():
                yield from _readable(inner, inside)


def _grant(path: Path, rights: int) -> Grant:
    descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    folder = stat.S_ISDIR(os.fstat(descriptor).st_mode)
    return Grant(rights if folder else rights & OF_A_FILE, descriptor)
