"""Frames on a blocking socket, worker's half."""

import socket

from autograder import protocol
from autograder.protocol import Value

READY = {"ready": True}
"""What a child says before the first request."""


def receive(channel: socket.socket) -> Value:
    """The next message.

    Raises:
        EOFError: the judge has closed the channel.
    """
    document, arrays = protocol.read_header(_exactly(channel, protocol.HEADER.size))
    return protocol.decode(_exactly(channel, document), _exactly(channel, arrays))


def send(channel: socket.socket, value: Value) -> None:
    """Send one message."""
    channel.sendall(protocol.encode(value))


def _exactly(channel: socket.socket, size: int) -> bytes:
    data = bytearray(size)
    view = memoryview(data)
    while view:
        count = channel.recv_into(view)
        if count == 0:
            raise EOFError("the judge has closed the channel")
        view = view[count:]
    return bytes(data)
