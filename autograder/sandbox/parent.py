"""A warm parent, as the judge holds it: a process that forks one child per submission."""

import dataclasses
import json
import math
import os
import select
import socket
import subprocess
import tempfile
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol

from autograder.checks import Limits
from autograder.sandbox.bubblewrap import Walled
from autograder.sandbox.channel import Channel
from autograder.sandbox.child import Child
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.isolation import Isolation
from autograder.sandbox.tree import plan
from autograder.sandbox.trusted import Trusted
from autograder.worker.forking import MAX_MESSAGE
from autograder.worker.setting import Allowance, Setting

START_SECONDS = 120.0
FORK_SECONDS = 60.0
END_SECONDS = 10.0


class Surrounding(Protocol):
    """What a warm parent lives in: `Walled` or `Trusted`."""

    gentle: bool
    setting: Setting

    def command(self, descriptor: int) -> list[str]: ...
    def environment(self) -> dict[str, str]: ...
    def scratch(self, user: int) -> Path: ...
    def clean(self, scratch: Path) -> None: ...
    def close(self) -> None: ...


def start(packages: Sequence[str], isolation: Isolation) -> "Parent":
    """Start a warm parent that has imported an assignment's packages.

    Args:
        packages: what the assignment allows, named as distributions or as modules.

    Raises:
        SandboxError: a package is missing, or this machine cannot give the isolation.
    """
    tree = plan(packages)
    surrounding = Walled(tree) if isolation is Isolation.FULL else Trusted(tree)
    return Parent(surrounding, isolation)


class Parent:
    """Forks children, for several threads at a time."""

    device = "CPU"

    def __init__(self, surrounding: Surrounding, isolation: Isolation) -> None:
        self.isolation = isolation
        self._surrounding = surrounding
        self._turn = threading.Lock()
        self._closed = False
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            self._process = self._launch(theirs)
            greeting = self._greet()
        except BaseException:
            self._control.close()
            self._errors.close()
            surrounding.close()
            raise
        self.backend = str(greeting["backend"])
        self._user = int(greeting["user"])

    def _launch(self, theirs: socket.socket) -> "subprocess.Popen[bytes]":
        # Its life ends with our end of the socket. A signal at the death of its parent would come
        # when the thread ends that started it.
        with theirs:
            return subprocess.Popen(
                self._surrounding.command(theirs.fileno()),
                env=self._surrounding.environment(),
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._errors,
                start_new_session=True,
            )

    def _greet(self) -> dict[str, Any]:
        self._control.settimeout(START_SECONDS)
        try:
            setting = dataclasses.asdict(self._surrounding.setting)
            self._control.send(json.dumps(setting).encode())
            greeting: dict[str, Any] = json.loads(self._control.recv(MAX_MESSAGE))
        except (OSError, ValueError):
            self._process.kill()
            self._process.wait()
            raise SandboxError(f"the warm parent did not start: {self._last_words()}") from None
        self._control.settimeout(FORK_SECONDS)
        return greeting

    def _last_words(self) -> str:
        """The last line that the warm parent wrote to stderr."""
        self._errors.seek(0)
        lines = self._errors.read()[-4096:].decode("utf-8", "replace").strip().splitlines()
        return lines[-1] if lines else "it says nothing"

    def __enter__(self) -> "Parent":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def child(self, limits: Limits) -> Child:
        """A new child in which nothing has run yet.

        Raises:
            SandboxError: the warm parent has ended, or the wall could not be built.
        """
        scratch = self._surrounding.scratch(self._user)
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            handles = self._exchange(_allowance(limits, scratch), theirs.fileno(), writing)
        finally:
            theirs.close()
            os.close(writing)
        channel = Channel(ours, reading)
        child = Child(
            channel,
            reading,
            handles,
            self._surrounding.gentle,
            limits.memory_bytes,
            self._lives,
            lambda: self._tidy(scratch),
        )
        child.started()
        return child

    def _exchange(self, message: bytes, *descriptors: int) -> list[int]:
        """Send a message and the descriptors that go with it; what descriptors come back."""
        try:
            with self._turn:
                socket.send_fds(self._control, [message], descriptors)
                answer, handles, *_ = socket.recv_fds(
                    self._control, MAX_MESSAGE, 1, socket.MSG_CMSG_CLOEXEC
                )
        except OSError as error:
            raise SandboxError(f"the warm parent does not answer: {error}") from None
        if not answer:
            raise SandboxError(f"the warm parent has ended: {self._last_words()}")
        return handles

    def _lives(self) -> bool:
        """Whether the warm parent still has its end of the socket."""
        if self._closed:
            return False
        poll = select.poll()
        poll.register(self._control, select.POLLRDHUP)
        return not poll.poll(0)

    def _tidy(self, scratch: Path) -> None:
        """After a child: what it may have left running or lying about."""
        if self._surrounding.gentle and self._lives():
            self._exchange(b"{}")
        self._surrounding.clean(scratch)

    def close(self) -> None:
        """End the warm parent and all its children."""
        if self._closed:
            return
        self._closed = True
        self._control.close()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._errors.close()
        self._surrounding.close()


def _allowance(limits: Limits, scratch: Path) -> bytes:
    allowance = Allowance(
        scratch=str(scratch),
        memory_bytes=limits.memory_bytes,
        processes=limits.processes,
        file_bytes=limits.file_bytes,
        scratch_bytes=limits.scratch_bytes,
        output_characters=limits.output_characters,
        cpu_seconds=math.ceil(limits.submission_seconds),
    )
    return json.dumps(dataclasses.asdict(allowance)).encode()
