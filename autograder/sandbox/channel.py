"""Frames from and to a child that is not trusted: every wait has an end, every length a bound."""

import select
import socket

from autograder import protocol
from autograder.protocol import ProtocolError, Value
from autograder.sandbox.clock import Clock, Deadline

PIECE = 1 << 20


class Channel:
    """The judge's end of a child's socket.

    Args:
        link: the socket.
        report: what becomes readable when the child has ended, even if something of it still holds
            the other end of the socket open.
    """

    def __init__(self, link: socket.socket, report: int) -> None:
        link.setblocking(False)
        self._link = link
        self._report = report

    def send(self, frame: bytes, clock: Clock | Deadline) -> None:
        """Send a frame.

        Raises:
            TimeoutError, EOFError: the child does not read, or is gone.
            ProtocolError: it has written what nobody asked for.
        """
        if self._readable():
            if self._link.recv(1, socket.MSG_PEEK):
                raise ProtocolError("something that was not asked for")
            raise EOFError
        view = memoryview(frame)
        while view:
            self._wait(select.POLLOUT, clock)
            try:
                view = view[self._link.send(view[:PIECE]) :]
            except BlockingIOError:
                continue
            except OSError:
                raise EOFError from None

    def receive(self, clock: Clock | Deadline) -> Value:
        """Read one frame.

        Raises:
            TimeoutError, EOFError: the child says nothing more, or is gone.
            ProtocolError: what it says is no frame.
        """
        document, arrays = protocol.read_header(self._exactly(protocol.HEADER.size, clock))
        return protocol.decode(self._exactly(document, clock), self._exactly(arrays, clock))

    def _exactly(self, size: int, clock: Clock | Deadline) -> bytes:
        data = bytearray()
        while len(data) < size:
            self._wait(select.POLLIN, clock)
            try:
                piece = self._link.recv(min(PIECE, size - len(data)))
            except BlockingIOError:
                continue
            except OSError:
                raise EOFError from None
            if not piece:
                raise EOFError
            data += piece
        return bytes(data)

    def _readable(self) -> bool:
        poll = select.poll()
        poll.register(self._link, select.POLLIN)
        return bool(poll.poll(0))

    def _wait(self, event: int, clock: Clock | Deadline) -> None:
        """Until the socket is ready. What was written before the child ended is still read."""
        poll = select.poll()
        poll.register(self._link, event)
        poll.register(self._report, select.POLLIN)
        while not (ready := dict(poll.poll(clock.left() * 1000))):
            pass
        if self._link.fileno() not in ready:
            raise EOFError
