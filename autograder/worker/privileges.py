"""Giving up what a process could do beyond its own files."""

import os
import struct
from collections.abc import Iterable

from autograder.worker import linux

CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 64

NOBODY = 65534
"""The user and group that own nothing."""


def become(user: int, readable: Iterable[str]) -> None:
    """Be an unprivileged user, unless it could not read what the worker needs."""
    if user < 0 or os.geteuid() != 0:
        return
    os.seteuid(user)
    try:
        able = all(os.access(path, os.R_OK, effective_ids=True) for path in readable)
    finally:
        os.seteuid(0)
    if able:
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)


def drop_capabilities() -> None:
    """Give up every capability, and the way back to any."""
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    linux.prctl(linux.PR_CAP_AMBIENT, linux.PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(LAST_CAPABILITY):
        try:
            linux.prctl(linux.PR_CAPBSET_DROP, capability)
        except OSError:  # one past the last that this kernel knows, or not ours to drop
            break
    linux.capset(struct.pack("Ii", CAPABILITY_VERSION_3, 0), bytes(24))
