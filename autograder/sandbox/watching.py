"""What a family may use where the kernel bounds it for each process alone, or not at all.

Such limits are looked after: what is over one when the judge looks is ended.
"""

import time
from collections.abc import Collection, Sequence
from pathlib import Path

from autograder.checks import Limits
from autograder.results import Lost, VerdictKind
from autograder.sandbox.cgroups import Group
from autograder.sandbox.ending import out_of_memory
from autograder.sandbox.families import family, memory, shared_out, threads
from autograder.sandbox.scratch import written

LOOK_SECONDS = 0.1
BLOCK = 512
"""What a file's `st_blocks` count."""


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
        for count, status in enumerate(written(self._scratch, pids[1:]), 1):
            blocks[status.st_ino] = status.st_blocks
            if count > self._limits.scratch_files:
                raise self._lost("scratch_files")
        if sum(blocks.values()) * BLOCK > self._limits.scratch_bytes:
            raise self._lost("scratch_bytes")

    def _lost(self, name: str) -> Lost:
        return Lost(VerdictKind.CRASHED, self._limits.exceeded(name))
