"""The child's conversation with the judge: one answer to each request."""

import os
import socket
from typing import Any

from autograder.protocol import ProtocolError
from autograder.worker import calls, frames, idle, kernels, seeds, standins
from autograder.worker.failure import describe
from autograder.worker.shell import Shell


def open_shell(output_characters: int) -> Shell:
    """A session in which nothing has run yet."""
    shell = Shell(output_characters)
    idle.install(shell.namespace)
    kernels.watch()
    seeds.sow()
    return shell


def serve(channel: socket.socket, shell: Shell) -> None:
    """Answer until the judge closes the channel.

    A copy of this process that a submission forks has no channel, and ends where it would answer.
    """
    os.register_at_fork(after_in_child=channel.close)
    line = standins.Line(channel)
    frames.send(channel, frames.READY)
    while True:
        try:
            request = frames.receive(channel)
        except EOFError:
            return
        _send(channel, _answer(request, shell, line))


def _answer(request: dict[str, Any], shell: Shell, line: standins.Line) -> dict[str, Any]:
    try:
        if request["do"] == "cell":
            return shell.run(request["source"])
        seeds.sow(request.get("again", False))
        standins.install(request.get("stand_ins", {}), shell.namespace, line)
        with line.opened():
            return calls.answer(request, shell.namespace)
    except BaseException as error:  # memory may end in our own code too
        return {"outcome": "raised", "error": describe(error)}


def _send(channel: socket.socket, answer: dict[str, Any]) -> None:
    try:
        frames.send(channel, answer)
    except ProtocolError as error:
        reason = {"outcome": "unsupported", "type": answer.get("type", ""), "reason": str(error)}
        frames.send(channel, reason)
