"""A child's supervisor with all processes below it, as the judge sees them in its own /proc."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder.worker.supervisor import children

TICKS = os.sysconf("SC_CLK_TCK")


def family(handle: int) -> list[int]:
    """The ids of a pidfd's process and of all below it, each after those above it."""
    found, level = list[int](), {_number(handle)}
    while level := {pid for pid in level if pid > 0} - set(found):
        found += level
        level = set().union(*map(children, level))
    return found


def _number(handle: int) -> int:
    """The id of a pidfd's process, in the judge's own /proc; -1 where it is gone."""
    lines = Path(f"/proc/self/fdinfo/{handle}").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Pid:"))


def computed(handles: Sequence[int]) -> float:
    """Seconds of processor time that families have used, running or reaped.

    Nothing is counted twice: a process is read after those above it, one of which may reap it.
    """
    return sum(_spent(pid) for handle in handles for pid in family(handle))


def _spent(pid: int) -> float:
    """What a process has used with its threads, and those of its children that it has reaped."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_bytes().rpartition(b")")[2].split()
    except OSError:  # it has just ended
        return 0.0
    return sum(map(int, fields[11:15])) / TICKS


def threads(below: Sequence[int]) -> int:
    """How many threads processes have, the first of each among them."""
    return sum(_numbers(pid, "status").get("Threads", 0) for pid in below)


def memory(pids: Sequence[int]) -> int:
    """Bytes that a family uses of its own, those in shared memory among them.

    Its head tells what all were born with. Where we may read it, what several share counts once.
    """
    if not pids:
        return 0
    head, *below = (_numbers(pid, "status") for pid in pids)
    born = head.get("RssAnon", 0)
    used = (max(0, one.get("RssAnon", 0) - born) + one.get("RssShmem", 0) for one in below)
    return 1024 * sum(used)


def shared_out(pids: Sequence[int]) -> int | None:
    """The same with what is shared divided among those that share it; None where it is secret."""
    found = [_numbers(pid, "smaps_rollup") for pid in pids[1:]]
    if not all(found):
        return None
    return 1024 * sum(one.get("Pss_Anon", 0) + one.get("Pss_Shmem", 0) for one in found)


def _numbers(pid: int, name: str) -> dict[str, int]:
    """The lines of a file of a process that begin with a word and a number."""
    return dict(_words(pid, name))


def _words(pid: int, name: str) -> Iterator[tuple[str, int]]:
    try:
        text = Path(f"/proc/{pid}/{name}").read_text()
    except OSError:  # it has just ended, or is not ours to look at
        return
    for line in text.splitlines():
        key, _, value = line.partition(":")
        words = value.split()
        if words and words[0].isdigit():
            yield key, int(words[0])
