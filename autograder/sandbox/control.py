"""The judge's line to a warm parent."""

import contextlib
import select
import socket
import threading

from autograder.sandbox.errors import SandboxError
from autograder.worker.setting import MAX_MESSAGE


class Control:
    """Messages to the warm parent, each with its answer; for several threads at a time."""

    def __init__(self) -> None:
        self._turn = threading.Lock()
        self._link, self.theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)

    def exchange(
        self, message: bytes, seconds: float, descriptors: tuple[int, ...] = ()
    ) -> tuple[bytes, list[int]]:
        """Send a message with descriptors; the answer, and the descriptors that came with it.

        Raises:
            SandboxError: there is none; the line is closed, since a late one would be mistaken.
        """
        with self._turn:
            try:
                self._link.settimeout(seconds)
                socket.send_fds(self._link, [message], descriptors)
                answer, handles, *_ = socket.recv_fds(
                    self._link, MAX_MESSAGE, 1, socket.MSG_CMSG_CLOEXEC
                )
            except OSError as error:
                self.hang_up()
                raise SandboxError(f"the warm parent does not answer: {error}") from None
        if not answer:
            raise SandboxError("the warm parent has ended")
        return answer, handles

    def lives(self, seconds: float = 0.0) -> bool:
        """Whether the warm parent still holds its end, and does not let go of it soon."""
        if self._link.fileno() < 0:
            return False
        poll = select.poll()
        poll.register(self._link, select.POLLRDHUP)
        return not poll.poll(1000 * seconds)

    def hang_up(self) -> None:
        """Tell the warm parent to end."""
        with contextlib.suppress(OSError):
            self._link.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        self.hang_up()
        self._link.close()
