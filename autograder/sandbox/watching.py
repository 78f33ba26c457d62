"""What a family may use where the kernel bounds it for each process alone, or not at all.

Such limits are looked after: what is over one when the judge looks is ended.
"""

import contextlib
import os
import stat
import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from autograder.checks import Limits
from autograder.results import Lost, VerdictKind
from autograder.sandbox.cgroups import Group
from autograder.sandbox.ending import out_of_memory
from autograder.sandbox.families import family, memory, shared_out, threads

LOOK_SECONDS = 0.1
BLOCK = 512
"""What a file's `st_blocks` count."""

GONE = (FileNotFoundError, ProcessLookupError, PermissionError)
"""What has just ended or been deleted, or is not ours to look at."""


class Watch:
    """Looks, ten times a second at most.

    Args:
        handles: a pidfd of the family's head, or nothing where it is gone.
        bounded: the limits that need no look, by their names in `Limits`.
        scratch: the folder where its files lie, as the judge sees it.
        group: its cgroups. Where the kernel has killed one of its processes for memory, the others
            may wait for that one for ever.
    """

    def __init__(
        self,
        limits: Limits,
        handles: Sequence[int],
        bounded: Collection[str],
        scratch: Path,
        group: Group,
    ) -> None:
        self._limits = limits
        self._handles = handles
        self._scratch = scratch
        self._group = group
        looks = {
            "memory_bytes": self._memory,
            "processes": self._processes,
            "scratch_bytes": self._files,
        }
        self._looks = [look for name, look in looks.items() if name not in bounded]
        self._next = 0.0

    def look(self) -> None:
        """Look, if it is time.

        Raises:
            Lost: a limit is exceeded.
        """
        now = time.monotonic()
        if now >= self._next:
            self.look_for_killed()
            if self._looks:
                pids = [pid for handle in self._handles for pid in family(handle)]
                for look in self._looks:
                    look(pids)
            self._next = now + LOOK_SECONDS

    def look_for_killed(self) -> None:
        """Look whether the kernel has killed any of its processes.

        Raises:
            Lost: it has.
        """
        if self._group.killed():
            raise out_of_memory(self._limits)

    def _memory(self, pids: Sequence[int]) -> None:
        most = self._limits.memory_bytes
        if memory(pids) > most:
            exactly = shared_out(pids)
            if exactly is None or exactly > most:
                raise out_of_memory(self._limits)

    def _processes(self, pids: Sequence[int]) -> None:
        if threads(pids[1:]) > self._limits.processes:
            raise self._lost("processes")

    def _files(self, pids: Sequence[int]) -> None:
        blocks: dict[int, int] = {}  # by inode: a file may have two names
        try:
            for count, status in enumerate(_files(self._scratch, pids), 1):
                blocks[status.st_ino] = status.st_blocks
                if count > self._limits.scratch_files:
                    raise self._lost("scratch_files")
        except OSError:  # it lies deeper than a path may be long
            raise self._lost("scratch_files") from None
        if sum(blocks.values()) * BLOCK > self._limits.scratch_bytes:
            raise self._lost("scratch_bytes")

    def _lost(self, name: str) -> Lost:
        return Lost(VerdictKind.CRASHED, self._limits.exceeded(name))


def _files(scratch: Path, pids: Sequence[int]) -> Iterator[os.stat_result]:
    """All that is in a folder, and what has been deleted there and is still open.

    Raises:
        OSError: a path is too long.
    """
    device = scratch.stat().st_dev
    folders = [scratch]
    while folders:
        for path in _inside(folders.pop()):
            with contextlib.suppress(*GONE):
                status = path.lstat()
                yield status
                if stat.S_ISDIR(status.st_mode):
                    folders.append(path)
    for pid in pids[1:]:
        for path in _inside(Path(f"/proc/{pid}/fd")):
            with contextlib.suppress(*GONE):
                status = path.stat()
                if status.st_dev == device and status.st_nlink == 0:
                    yield status


def _inside(folder: Path) -> Iterator[Path]:
    """What is in a folder, if it can be read; one by one, for it may be much."""
    with contextlib.suppress(*GONE), os.scandir(folder) as entries:
        for entry in entries:
            yield Path(entry.path)
