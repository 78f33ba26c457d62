"""How a child ended, in words."""

import os
import signal
from collections.abc import Collection

from autograder.checks import Limits
from autograder.results import Lost, VerdictKind
from autograder.worker.supervisor import REPORT

ALLOCATION_FAILED = (signal.SIGABRT, signal.SIGBUS, signal.SIGKILL, signal.SIGSEGV)
"""What a program in C++ ends with when it gets no memory or thread, or the kernel has none."""

NEARLY_ALL = 0.75
"""The part of its memory that a child must have used before we say that it ran out; TensorFlow
reserves the rest for its threads and heaps."""


def lost(report: bytes, limits: Limits, hit: Collection[str]) -> Lost:
    """What to raise for a child.

    Args:
        report: its supervisor's, or nothing.
        hit: the limits that it has hit as the kernel counts, by their names in `Limits`.
    """
    if len(report) != REPORT.size:
        traceless = Lost(VerdictKind.CRASHED, "ended without a trace")
        return out_of_memory(limits) if "memory_bytes" in hit else traceless
    status, peak = REPORT.unpack(report)
    if not os.WIFSIGNALED(status):
        code = os.waitstatus_to_exitcode(status)
        return Lost(VerdictKind.CRASHED, f"exited with status {code} instead of an answer")
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        total = f"{limits.submission_seconds:g} s"
        return Lost(VerdictKind.TIMEOUT, f"computed for more than {total} in all")
    if number in ALLOCATION_FAILED:
        if "memory_bytes" in hit or peak * 1024 > NEARLY_ALL * limits.memory_bytes:
            return out_of_memory(limits)
        if "processes" in hit:
            return Lost(VerdictKind.CRASHED, limits.exceeded("processes"))
    return Lost(VerdictKind.CRASHED, f"was ended by {_name(number)}")


def out_of_memory(limits: Limits) -> Lost:
    """What to raise for a child that needed too much of it."""
    return Lost(VerdictKind.OUT_OF_MEMORY, limits.exceeded("memory_bytes"))


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have numbers only
        return f"signal {number}"
