"""One submission's process, as the judge holds it."""

import contextlib
import os
import select
import signal
import time
from collections.abc import Callable
from typing import NoReturn

from autograder import protocol
from autograder.checks import Limits
from autograder.protocol import ProtocolError, Value
from autograder.results import Lost, VerdictKind
from autograder.sandbox.cgroups import Group
from autograder.sandbox.channel import Channel
from autograder.sandbox.clock import Clock, Deadline, TimeUp
from autograder.sandbox.ending import lost
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.watching import Watch
from autograder.worker.frames import READY
from autograder.worker.supervisor import REPORT

START_SECONDS = 60.0
END_SECONDS = 5.0
PATIENCE_SECONDS = 0.5

Reply = Callable[[Value], Value | None]


class Child:
    """Answers requests until it is closed or lost.

    Args:
        channel: the socket that requests and answers go through.
        report: a pipe on which its supervisor says how it ended.
        handles: a pidfd of the supervisor, or nothing where it ended at once.
        gentle: whether the supervisor has to end the child's other processes itself.
        limits: what it may use.
        group: its cgroups.
        watch: looks after what those do not bound.
        parent_lives: whether the warm parent still does after so many seconds.
        release: closes what the arguments hold, and removes what the child leaves.
    """

    def __init__(
        self,
        channel: Channel,
        report: int,
        handles: list[int],
        gentle: bool,
        limits: Limits,
        group: Group,
        watch: Watch,
        parent_lives: Callable[[float], bool],
        release: Callable[[], None],
    ) -> None:
        self._channel = channel
        self._report = report
        self._handles = handles
        self._gentle = gentle
        self._limits = limits
        self._group = group
        self._watch = watch
        self._parent_lives = parent_lives
        self._release = release
        self._closed = False

    def __enter__(self) -> "Child":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def started(self) -> None:
        """Wait until it stands behind the wall.

        Raises:
            SandboxError: it does not, and why.
        """
        reason: object = "it ended at once"
        try:
            message = self._channel.receive(Deadline(START_SECONDS))
            if message == READY:
                return
            reason = message.get("reason") if isinstance(message, dict) else reason
        except (TimeoutError, EOFError, ProtocolError):
            pass
        self.close()
        raise SandboxError(f"a submission could not be walled in: {reason}")

    def ask(self, request: dict[str, Value], seconds: float, reply: Reply | None = None) -> Value:
        """Send a request and wait for its answer, which may be any `Value`.

        Args:
            seconds: how long it may compute; see `Clock` for how long it may wait.
            reply: answers what it asks before; None to what is no question, but the answer.

        Raises:
            Lost: there is none in time, or it is no message; the child is closed.
            SandboxError: it is our own fault; the child is closed.
        """
        if self._closed:
            raise SandboxError("a closed child was asked")
        clock = Clock(seconds, self._handles, self._watch.look)
        try:
            self._channel.send(protocol.encode(request), clock)
            answer = self._channel.receive(clock)
            while reply and (said := self._replied(reply, answer, clock)) is not None:
                self._channel.send(said, clock)
                answer = self._channel.receive(clock)
            self._watch.look_for_killed()
            return answer
        except TimeUp as over:
            self._lose(Lost(VerdictKind.TIMEOUT, str(over), over.starved))
        except Lost as watched:
            self._lose(watched)
        except ProtocolError as error:
            self._lose(Lost(VerdictKind.CRASHED, f"answered with {error}"))
        except EOFError:
            report = self._ending()
            # Where even the supervisor is gone, the warm parent may be about to follow.
            loss = lost(report, self._limits, self._group.hit())
            self._lose(loss, 0.0 if report else PATIENCE_SECONDS)

    def _replied(self, reply: Reply, message: Value, clock: Clock) -> bytes | None:
        """A frame with the reply; what the judge computes is not the child's time."""
        started = time.monotonic()
        said = reply(message)
        clock.excuse(time.monotonic() - started)
        return None if said is None else protocol.encode(said)

    def _lose(self, loss: Lost, seconds: float = 0.0) -> NoReturn:
        parent_lives = self._parent_lives(seconds)
        self.close()
        if not parent_lives:
            raise SandboxError("the warm parent has ended; start a new one")
        raise loss

    def _ending(self) -> bytes:
        """The supervisor's report, or nothing where the child only closed its channel."""
        if not _readable(self._report, END_SECONDS):
            return b""
        return os.read(self._report, REPORT.size)

    def close(self) -> None:
        """Kill all that belongs to the child, and wait until it is gone."""
        if self._closed:
            return
        self._closed = True
        for handle in self._handles:
            if self._gentle:
                _end(handle, signal.SIGTERM)
            _end(handle, signal.SIGKILL)
        self._release()


def _end(handle: int, number: signal.Signals) -> None:
    """Send a signal and wait until the process is gone."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, number)
    _readable(handle, END_SECONDS)


def _readable(descriptor: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
