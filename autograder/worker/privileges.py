"""Giving up what a process could do beyond its own files."""

import os
import struct
from collections.abc import Collection, Iterable

from autograder.worker import linux

CAPABILITY_VERSION_3 = 0x20080522
LAST_CAPABILITY = 64

CAP_DAC_READ_SEARCH = 2
"""To read any file whoever owns it: what Landlock then bounds."""

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
        _change(user)


def change(user: int) -> None:
    """Be another user, and keep for now what root may do beyond its own files."""
    linux.prctl(linux.PR_SET_SECUREBITS, linux.SECBIT_NO_SETUID_FIXUP)
    _change(user)


def _change(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)


def drop_capabilities(kept: Collection[int] = ()) -> None:
    """Give up every capability but those kept, and the way back to any."""
    linux.prctl(linux.PR_CAP_AMBIENT, linux.PR_CAP_AMBIENT_CLEAR_ALL)
    for capability in range(LAST_CAPABILITY):
        try:
            if capability not in kept:
                linux.prctl(linux.PR_CAPBSET_DROP, capability)
        except OSError:  # one past the last that this kernel knows, or not ours to drop
            break
    bits = sum(1 << capability for capability in kept)
    header = struct.pack("Ii", CAPABILITY_VERSION_3, 0)
    linux.capset(header, struct.pack("6I", bits, bits, bits, 0, 0, 0))
    for capability in kept:  # also by what is executed
        linux.prctl(linux.PR_CAP_AMBIENT, linux.PR_CAP_AMBIENT_RAISE, capability)
