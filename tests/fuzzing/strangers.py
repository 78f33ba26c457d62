"""A submission's process that says what it is told to: a thread at the other end of the socket."""

import os
import socket
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path

from autograder import protocol
from autograder.checks import Limits
from autograder.protocol import Value
from autograder.sandbox import Child
from autograder.sandbox.cgroups import Cgroups
from autograder.sandbox.channel import Channel
from autograder.sandbox.watching import Watch
from autograder.worker import frames

Speech = Callable[[Value], Sequence[bytes]]
"""What is said to a request: the answer, before it questions of its own."""


class Stranger:
    """What the judge takes for a warm parent: its children say what they are told to."""

    def __init__(self, speech: Speech) -> None:
        self._speech = speech

    def child(self, limits: Limits) -> Child:
        """A child that answers until it has said what is no whole message."""
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        thread = threading.Thread(target=_answer, args=(theirs, writing, self._speech))
        thread.start()
        group = Cgroups().make(limits)
        bounded = ["memory_bytes", "processes", "scratch_bytes"]
        with ExitStack() as stack:
            stack.callback(thread.join)
            stack.callback(os.close, reading)
            stack.callback(ours.close)
            return Child(
                Channel(ours, reading),
                reading,
                [],
                gentle=False,
                limits=limits,
                group=group,
                watch=Watch(limits, [], bounded, Path(), group),
                parent_lives=_lives,
                release=stack.pop_all().close,
            )


def _lives(_: float) -> bool:
    return True


def _answer(theirs: socket.socket, writing: int, speech: Speech) -> None:
    with theirs, suppress(OSError, EOFError):
        while _say(theirs, speech(frames.receive(theirs))):
            pass
    os.close(writing)


def _say(theirs: socket.socket, said: Sequence[bytes]) -> bool:
    """Whether all of it was whole; the judge waits for the rest of what is not."""
    for frame in said:
        if frame is not said[0]:
            frames.receive(theirs)
        theirs.sendall(frame)
        if not whole(frame):
            return False
    return True


def whole(frame: bytes) -> bool:
    """Whether a frame is as long as it says."""
    return len(frame) >= protocol.HEADER.size and len(frame) == sum(
        (protocol.HEADER.size, *protocol.HEADER.unpack_from(frame))
    )
