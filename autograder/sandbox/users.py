"""Users that nobody else on this machine is, one for each child of a judge who is root."""

import itertools
import os
import secrets
from collections.abc import Iterable, Iterator
from pathlib import Path

FREE = (range(1_879_048_192, 2_147_352_576), range(40_000, 60_000))
"""Numbers that distributions give to no user, service or container; the latter for who is root of a
container that has no more than 65,536."""

BLOCK = 4_096
"""How many a judge takes turns with. Which they are is drawn, so that two judges share none."""

CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 0, 1, 2
CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP = 5, 6, 7, 8
NEEDED = (CAP_CHOWN, CAP_DAC_OVERRIDE, CAP_KILL, CAP_SETGID, CAP_SETUID, CAP_SETPCAP)


def users(searching: bool) -> Iterator[int]:
    """One number after the other, for ever; always -1 where children must stay who the judge is.

    Args:
        searching: whether each must keep the right to search and read what is not its own.
    """
    needed = (*NEEDED, CAP_DAC_READ_SEARCH) if searching else NEEDED
    block = _block() if os.geteuid() == 0 and _can(needed) else None
    return itertools.cycle(block or [-1])


def _can(capabilities: Iterable[int]) -> bool:
    status = dict(
        line.split(":\t", 1) for line in Path("/proc/self/status").read_text().splitlines()
    )
    held = int(status["CapEff"], 16)
    groups = Path("/proc/self/setgroups").read_text().strip()
    return groups == "allow" and all(held >> one & 1 for one in capabilities)


def _block() -> range | None:
    """Numbers that are free and that this user namespace has, both as users and as groups."""
    for free in FREE:
        first = free.start + secrets.randbelow(len(free) // BLOCK) * BLOCK
        block = range(first, first + BLOCK)
        if all(_maps(name, block) for name in ("uid_map", "gid_map")):
            return block
    return None


def _maps(name: str, block: range) -> bool:
    for line in Path("/proc/self", name).read_text().splitlines():
        inside, _, count = map(int, line.split())
        if inside <= block[0] and block[-1] < inside + count:
            return True
    return False
