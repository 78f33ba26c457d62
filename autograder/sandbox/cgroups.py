"""Cgroups: what the kernel counts and bounds for all processes of a child together.

A child's supervisor enters by itself, through a file that the judge has opened: that takes 0.05 ms,
while to be moved by another process takes 8 ms and more. What it starts is born inside.
"""

import contextlib
import fcntl
import itertools
import os
import subprocess
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.checks import Limits
from autograder.sandbox.errors import SandboxError

PREFIX = "autograder-"
REMOVE_SECONDS = 2.0

SUPERVISOR_BYTES = 16 << 20
"""What the process above a submission's own may need besides, and the kernel for both."""

CONTROLLERS = {"memory": "memory_bytes", "pids": "processes"}
"""What is asked of cgroups, and the limit that each bounds."""

KILLS = {1: ("memory.oom_control", "oom_kill"), 2: ("memory.events", "oom_kill")}
"""By version: the file, and the word in it, that count what the kernel has killed for memory."""

HITS = {
    (1, "memory"): (KILLS[1], ("memory.failcnt", ""), ("memory.memsw.failcnt", "")),
    (2, "memory"): (KILLS[2], ("memory.events", "max")),
    (1, "pids"): (("pids.events", "max"),),
    (2, "pids"): (("pids.events", "max"),),
}
"""The same for all that counts how often a limit was hit; not every kernel counts all of it."""

_numbers = itertools.count()


@dataclass(frozen=True)
class Place:
    """A folder in which cgroups can be made.

    Args:
        controllers: what cgroups in it bound.
        version: of the hierarchy; in version 1 each controller may have one of its own.
    """

    folder: Path
    controllers: tuple[str, ...]
    version: int

    @property
    def entrance(self) -> str:
        """The file by which a process enters; in version 1 a thread, and ours have one."""
        return "tasks" if self.version == 1 else "cgroup.procs"

    def settings(self, limits: Limits) -> Iterator[tuple[str, int]]:
        """What is to be written, and to which files; those of swap may be missing."""
        memory = limits.memory_bytes + SUPERVISOR_BYTES
        if "memory" in self.controllers and self.version == 1:
            yield "memory.limit_in_bytes", memory
            yield "memory.memsw.limit_in_bytes", memory
        elif "memory" in self.controllers:
            yield "memory.max", memory
            yield "memory.swap.max", 0
        if "pids" in self.controllers:
            yield "pids.max", limits.processes + 1  # the supervisor


@dataclass(frozen=True)
class Group:
    """One child's cgroup in each place, until it is removed; nothing where there is no place.

    Args:
        entrances: files into which the child's supervisor writes 0, to be closed after its fork.
        locks: by them the next judge knows what a killed one has left.
    """

    folders: list[tuple[Path, Place]] = field(default_factory=list)
    entrances: list[int] = field(default_factory=list)
    locks: list[int] = field(default_factory=list)

    def make(self, place: Place, limits: Limits) -> None:
        """Make a cgroup in one more place.

        Raises:
            OSError: it cannot be made there.
        """
        while True:
            folder = place.folder / f"{PREFIX}{os.getpid()}-{next(_numbers)}"
            folder.mkdir()
            lock = _locked(folder)
            if folder.exists():  # before it was locked, another judge may have swept it
                break
            os.close(lock)
        self.locks.append(lock)
        self.folders.append((folder, place))
        for name, value in place.settings(limits):
            if "sw" not in name or (folder / name).exists():
                _write(folder / name, str(value))
        self.entrances.append(os.open(folder / place.entrance, os.O_WRONLY | os.O_CLOEXEC))

    def hit(self) -> frozenset[str]:
        """The limits that were hit, by their names in `Limits`."""
        return frozenset(
            CONTROLLERS[controller]
            for folder, place in self.folders
            for controller in place.controllers
            for name, word in HITS[place.version, controller]
            if _count(folder / name, word)
        )

    def killed(self) -> bool:
        """Whether the kernel has killed any of its processes for want of memory."""
        return any(
            _count(folder / KILLS[place.version][0], KILLS[place.version][1])
            for folder, place in self.folders
            if "memory" in place.controllers
        )

    def close_entrances(self) -> None:
        while self.entrances:
            os.close(self.entrances.pop())

    def remove(self) -> None:
        """Remove what is empty, or will be in a moment; the next judge tries the rest again."""
        self.close_entrances()
        end = time.monotonic() + REMOVE_SECONDS
        for folder, _ in self.folders:
            while not _removed(folder) and time.monotonic() < end:
                time.sleep(0.001)
        for lock in self.locks:
            os.close(lock)


class Cgroups:
    """Makes each child's group.

    Args:
        places: where; none where this machine gives us no cgroups.
    """

    def __init__(self, places: Sequence[Place] = ()) -> None:
        self._places = places

    @property
    def bounded(self) -> tuple[str, ...]:
        """The limits that cgroups hold, by their names in `Limits`."""
        return tuple(CONTROLLERS[one] for place in self._places for one in place.controllers)

    def make(self, limits: Limits) -> Group:
        """A new group.

        Raises:
            SandboxError: it cannot be made.
        """
        group = Group()
        try:
            for place in self._places:
                group.make(place, limits)
        except OSError as error:
            group.remove()
            raise SandboxError(f"a cgroup cannot be made: {error}") from None
        return group


def find() -> Cgroups:
    """Where cgroups can be made and entered, found by trying; what killed judges left is removed.

    Of version 2 that is the nearest folder above us from which memory is handed down, as a systemd
    that delegates to its users has one.
    """
    places: list[Place] = []
    for candidates in _candidates(
        Path("/proc/self/mountinfo").read_text(), Path("/proc/self/cgroup").read_text()
    ):
        places += itertools.islice(filter(_works, candidates), 1)
    return Cgroups(places)


def _candidates(mounts: str, memberships: str) -> Iterator[list[Place]]:
    """For each hierarchy that bounds what we ask for, the places to try, the best one first."""
    belongs = dict(line.split(":", 2)[1:] for line in memberships.splitlines())
    for line in mounts.splitlines():
        fields, _, (kind, _, options) = _mount(line)
        controllers = tuple(one for one in CONTROLLERS if one in options.split(","))
        if kind == "cgroup" and controllers:
            names = (n for n in belongs if controllers[0] in n.split(","))
            if own := _own(fields, belongs.get(next(names, ""), "")):
                yield [Place(own, controllers, 1)]
        elif kind == "cgroup2" and (own := _own(fields, belongs.get("", ""))):
            above = [own, *own.parents][: len(own.parts) - len(Path(fields[4]).parts) + 1]
            places = [Place(folder, _handed_down(folder), 2) for folder in above]
            yield [place for place in places if "memory" in place.controllers]


def _mount(line: str) -> tuple[list[str], str, list[str]]:
    first, dash, last = line.partition(" - ")
    return first.split(), dash, last.split()


def _own(fields: list[str], membership: str) -> Path | None:
    """Our own cgroup's folder below a mount, or None where it lies outside."""
    root, mount_point = Path(fields[3]), Path(fields[4])
    if not membership or not Path(membership).is_relative_to(root):
        return None
    return mount_point / Path(membership).relative_to(root)


def _handed_down(folder: Path) -> tuple[str, ...]:
    """What cgroups in a folder of version 2 bound."""
    try:
        known = (folder / "cgroup.subtree_control").read_text().split()
    except OSError:
        return ()
    return tuple(one for one in CONTROLLERS if one in known)


def _works(place: Place) -> bool:
    """Whether a process can be put into a cgroup there."""
    _sweep(place.folder)
    group = Group()
    try:
        group.make(place, Limits())
        tried = subprocess.run(
            ["/bin/sh", "-c", "echo 0"],
            stdout=group.entrances[0],
            stderr=subprocess.DEVNULL,
            check=False,
        )
    except OSError:
        return False
    finally:
        group.remove()
    return tried.returncode == 0


def _sweep(folder: Path) -> None:
    """Remove the empty cgroups of judges that have ended."""
    for path in folder.glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # it is in use, or another user's, or gone
            lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                path.rmdir()
            finally:
                os.close(lock)


def _locked(folder: Path) -> int:
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    fcntl.flock(lock, fcntl.LOCK_SH)
    return lock


def _removed(folder: Path) -> bool:
    with contextlib.suppress(OSError):
        folder.rmdir()
    return not folder.exists()


def _write(path: Path, text: str) -> None:
    """Write to one of the kernel's files, which must be there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CLOEXEC)
    try:
        os.write(descriptor, text.encode())
    finally:
        os.close(descriptor)


def _count(path: Path, word: str) -> int:
    """The number behind a word, or all that a file says; 0 where there is none."""
    try:
        text = path.read_text()
    except OSError:
        return 0
    if not word:
        return int(text)
    return next((int(n) for key, n in map(str.split, text.splitlines()) if key == word), 0)
