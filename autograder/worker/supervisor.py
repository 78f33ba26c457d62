"""The process above a submission's: it reaps, reports how the submission ended, and sweeps.

Behind the wall it is process 1 of a namespace, and the kernel ends the rest with it.
"""

import contextlib
import os
import signal
import struct
import time
from pathlib import Path
from typing import NoReturn

from autograder.worker import linux

REPORT = struct.Struct("=iq")
"""A wait status, and the most memory that was in use, in KiB."""

SIGNALS = (signal.SIGCHLD, signal.SIGTERM)
SWEEP_SECONDS = 3.0


def prepare() -> None:
    """Hold back the signals that `supervise` waits for. To be called before the fork."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)


def follow(parent: int) -> None:
    """Without namespaces: end with the warm parent, and inherit what a submission leaves behind."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.getppid() != parent:
        os._exit(1)


def supervise(submission: int, report: int) -> NoReturn:
    """Wait until the submission's process ends or the judge says SIGTERM; leave nothing."""
    while signal.sigwait(SIGNALS) != signal.SIGTERM:
        ended = _reap(submission)
        if ended:
            os.write(report, ended)
            break
    sweep()
    os._exit(0)


def _reap(submission: int) -> bytes:
    """Collect what has ended; the report, if the submission is among it."""
    report = b""
    with contextlib.suppress(ChildProcessError):
        while True:
            pid, status, usage = os.wait4(-1, os.WNOHANG)
            if pid == 0:
                break
            if pid == submission:
                report = REPORT.pack(status, usage.ru_maxrss)
    return report


def sweep(spared: frozenset[int] = frozenset()) -> None:
    """Kill this process's children but those spared, and all below, even if more are started."""
    end = time.monotonic() + SWEEP_SECONDS
    while (found := _families(children(os.getpid()) - spared)) and time.monotonic() < end:
        for pid in found:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        _reap(-1)
        time.sleep(0.001)  # what was killed needs a moment until it can be reaped


def _families(heads: set[int]) -> set[int]:
    """These processes and all below them."""
    found: set[int] = set()
    while heads:
        found |= heads
        heads = set().union(*map(children, heads)) - found
    return found


def children(pid: int) -> set[int]:
    """The processes directly below one."""
    found: set[int] = set()
    with contextlib.suppress(OSError):
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                found |= set(map(int, (task / "children").read_text().split()))
    return found
