"""The warm parent's loop: a child for each message that brings a channel."""

import json
import os
import signal
import socket

from autograder.worker.child import spawn
from autograder.worker.setting import MAX_MESSAGE, Allowance
from autograder.worker.supervisor import children, sweep
from autograder.worker.wall import Wall

MAX_DESCRIPTORS = 4
"""A channel, the pipe for the report, and the entrances to cgroups."""


def serve(control: socket.socket, wall: Wall) -> None:
    """Fork, or sweep where a message brings no channel, until the judge is gone."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits here: the kernel reaps
    supervisors: set[int] = set()
    while True:
        message, descriptors, *_ = socket.recv_fds(
            control, MAX_MESSAGE, MAX_DESCRIPTORS, socket.MSG_CMSG_CLOEXEC
        )
        if not message:
            break
        if descriptors:
            pid = spawn(Allowance(**json.loads(message)), wall, *descriptors)
            for descriptor in descriptors:
                os.close(descriptor)
            supervisors.add(pid)
            _hand_over(control, pid)
        else:
            supervisors &= children(os.getpid())
            sweep(frozenset(supervisors))
            control.send(b"{}")
    sweep()


def _hand_over(control: socket.socket, pid: int) -> None:
    """Give the judge what it needs to kill the child: a handle, since numbers are used again."""
    try:
        handle = os.pidfd_open(pid)
    except OSError:  # it ended at once; its channel says why
        control.send(b"{}")
        return
    socket.send_fds(control, [b"{}"], [handle])
    os.close(handle)
