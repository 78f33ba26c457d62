"""How a child ended, in words."""

import os
import signal

from autograder.results import Lost, VerdictKind
from autograder.worker.supervisor import REPORT

ALLOCATION_FAILED = (signal.SIGABRT, signal.SIGBUS, signal.SIGKILL, signal.SIGSEGV)
"""What a program in C++ ends with when it gets no memory, or the kernel has none."""

NEARLY_ALL = 0.75
"""The part of its memory that a child must have used before we say that it ran out; TensorFlow
reserves the rest for its threads and heaps."""


def lost(report: bytes, memory_bytes: int) -> Lost:
    """What to raise for a child, given its supervisor's report or nothing."""
    if len(report) != REPORT.size:
        return Lost(VerdictKind.CRASHED, "ended without a trace")
    status, peak = REPORT.unpack(report)
    if not os.WIFSIGNALED(status):
        code = os.waitstatus_to_exitcode(status)
        return Lost(VerdictKind.CRASHED, f"exited with status {code} instead of an answer")
    number = os.WTERMSIG(status)
    if number == signal.SIGXCPU:
        return Lost(VerdictKind.TIMEOUT, "used up its processor time")
    if number in ALLOCATION_FAILED and peak * 1024 > NEARLY_ALL * memory_bytes:
        mebibytes = memory_bytes >> 20
        return Lost(VerdictKind.OUT_OF_MEMORY, f"needed more than {mebibytes} MiB of memory")
    return Lost(VerdictKind.CRASHED, f"was ended by {_name(number)}")


def _name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:  # real-time signals have numbers only
        return f"signal {number}"
