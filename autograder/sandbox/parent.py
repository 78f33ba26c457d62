"""A warm parent, as the judge holds it: a process that forks one child per submission."""

import contextlib
import dataclasses
import json
import math
import os
import platform
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from autograder import __version__
from autograder.checks import Limits
from autograder.isolation import Isolation
from autograder.sandbox.bubblewrap import Walled
from autograder.sandbox.cgroups import Cgroups, find
from autograder.sandbox.channel import Channel
from autograder.sandbox.child import Child
from autograder.sandbox.control import Control
from autograder.sandbox.errors import SandboxError
from autograder.sandbox.landlocked import Landlocked
from autograder.sandbox.tree import Tree, plan
from autograder.sandbox.trusted import Trusted
from autograder.sandbox.watching import Watch
from autograder.worker.layers import FULL, LANDLOCK, TRUSTED, Layer
from autograder.worker.setting import Allowance, Setting
from autograder.worker.wall import lacking

START_SECONDS = 120.0
FORK_SECONDS = 60.0
END_SECONDS = 10.0


class Surrounding(Protocol):
    """What a warm parent lives in: `Walled`, `Landlocked` or `Trusted`."""

    setting: Setting

    def command(self, descriptor: int) -> list[str]: ...
    def environment(self) -> dict[str, str]: ...
    def user(self) -> int: ...
    def scratch(self, user: int) -> Path: ...
    def clean(self, scratch: Path) -> None: ...
    def close(self) -> None: ...


TIERS: dict[Isolation, tuple[Callable[[Tree, Sequence[str]], Surrounding], Sequence[Layer]]] = {
    Isolation.FULL: (Walled, FULL),
    Isolation.LANDLOCK: (Landlocked, LANDLOCK),
    Isolation.TRUSTED: (Trusted, TRUSTED),
}


def start(
    packages: Sequence[str],
    isolation: Isolation,
    seed: bytes = b"",
    layers: Sequence[str] | None = None,
) -> "Parent":
    """Start a warm parent that has imported an assignment's packages.

    Args:
        packages: what the assignment allows, named as distributions or as modules.
        seed: what bundled data sets are transformed under; empty to leave them as they are.
        layers: what keeps children in, if not all that the isolation has here.

    Raises:
        SandboxError: a package is missing, or this machine cannot give the isolation.
    """
    tree = plan(packages, seed)
    surround, own = TIERS[isolation]
    surrounding = surround(tree, _present(own) if layers is None else layers)
    return Parent(surrounding, isolation, tree)


def environment(
    packages: Sequence[str], isolation: Isolation, seed: bytes = b""
) -> Mapping[str, str]:
    """What submissions run in under a warm parent that is started so: `Parent.environment`.

    Raises:
        SandboxError: a package is missing.
    """
    layers = _present(TIERS[isolation][1])
    return _environment(plan(packages, seed), isolation, layers, _cgroups(layers))


def _present(layers: Iterable[Layer]) -> Sequence[Layer]:
    """Those that this kernel has."""
    return [layer for layer in layers if layer not in lacking()]


def _cgroups(layers: Sequence[str]) -> Cgroups:
    return find() if Layer.LIMITS in layers else Cgroups()


def _environment(
    tree: Tree, isolation: Isolation, layers: Sequence[str], cgroups: Cgroups
) -> Mapping[str, str]:
    return {
        "python": platform.python_version(),
        "machine": f"{platform.system()} {platform.machine()}",
        "backend": tree.backend or "numpy",
        "device": Parent.device,
        "isolation": str(isolation),
        "layers": " ".join(layers),
        "cgroups": ", ".join(cgroups.bounded) or "none",
        "autograder": __version__,
        **tree.versions,
    }


class Parent:
    """Forks children, for several threads at a time."""

    device = "CPU"

    def __init__(self, surrounding: Surrounding, isolation: Isolation, tree: Tree) -> None:
        self.isolation = isolation
        self._surrounding = surrounding
        # Else a child's namespace ends all that belongs to it.
        self._gentle = Layer.NAMESPACES not in surrounding.setting.layers
        self._limited = Layer.LIMITS in surrounding.setting.layers
        self._cgroups = _cgroups(surrounding.setting.layers)
        self._closed = False
        with contextlib.ExitStack() as stack:
            stack.callback(surrounding.close)
            self._control = Control()
            stack.callback(self._control.close)
            self._process, greeting = self._launch()
            self._resources = stack.pop_all()
        self._user = int(greeting["user"])
        layers = surrounding.setting.layers
        self.environment = _environment(tree, isolation, layers, self._cgroups)
        self.backend = self.environment["backend"]

    def _launch(self) -> "tuple[subprocess.Popen[bytes], dict[str, Any]]":
        setting = json.dumps(dataclasses.asdict(self._surrounding.setting)).encode()
        with tempfile.TemporaryFile() as errors:
            process = self._execute(errors.fileno())
            try:
                answer, _ = self._control.exchange(setting, START_SECONDS)
            except SandboxError:
                process.kill()
                process.wait()
                errors.seek(0)
                reason = _last_line(errors.read())
                line = f"the warm parent did not start: {reason}"
                raise SandboxError(f"{line}; see what `autograder doctor` says") from None
        return process, json.loads(answer)

    def _execute(self, errors: int) -> "subprocess.Popen[bytes]":
        # Its life ends with our end of the socket. A signal at the death of its parent would come
        # when the thread ends that started it.
        with self._control.theirs as theirs:
            return subprocess.Popen(
                self._surrounding.command(theirs.fileno()),
                env=self._surrounding.environment(),
                cwd="/",
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=errors,
                start_new_session=True,
            )

    def __enter__(self) -> "Parent":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def child(self, limits: Limits) -> Child:
        """A new child in which nothing has run yet.

        Raises:
            SandboxError: the warm parent has ended, or the wall could not be built.
        """
        if self._closed:
            raise SandboxError("the warm parent has been closed")
        with contextlib.ExitStack() as stack:
            group = self._cgroups.make(limits)
            stack.callback(group.remove)
            user = self._surrounding.user()
            scratch = self._surrounding.scratch(user if user >= 0 else self._user)
            stack.callback(self._tidy, scratch)
            allowance = _allowance(limits, scratch, user)
            channel, report, handles = self._fork(allowance, group.entrances, stack)
            group.close_entrances()
            child = Child(
                channel,
                report,
                handles,
                self._gentle,
                limits,
                group,
                Watch(limits, handles, self._bounded(), scratch, group),
                self._control.lives,
                stack.pop_all().close,
            )
        child.started()
        return child

    def _bounded(self) -> frozenset[str]:
        """The limits that the kernel holds for all processes of a child together, or nobody."""
        layers = self._surrounding.setting.layers
        held = {
            "memory_bytes": not self._limited,
            "processes": not self._limited or Layer.NAMESPACES in layers,
            "scratch_bytes": not self._limited or Layer.MOUNTS in layers,
        }
        return frozenset(
            {*(name for name, is_held in held.items() if is_held), *self._cgroups.bounded}
        )

    def _fork(
        self, allowance: bytes, entrances: Sequence[int], stack: contextlib.ExitStack
    ) -> tuple[Channel, int, list[int]]:
        """Have a child forked; the stack closes what is ours."""
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        stack.callback(os.close, reading)
        stack.callback(ours.close)
        try:
            passed = (theirs.fileno(), writing, *entrances)
            _, handles = self._control.exchange(allowance, FORK_SECONDS, passed)
        finally:
            theirs.close()
            os.close(writing)
        for handle in handles:
            stack.callback(os.close, handle)
        return Channel(ours, reading), reading, handles

    def _tidy(self, scratch: Path) -> None:
        """After a child: what it may have left running or lying about."""
        if self._gentle and self._control.lives():
            with contextlib.suppress(SandboxError):  # then the parent has ended, and swept
                self._control.exchange(b"{}", FORK_SECONDS)
        self._surrounding.clean(scratch)

    def close(self) -> None:
        """End the warm parent and all its children."""
        if self._closed:
            return
        self._closed = True
        self._control.hang_up()
        try:
            self._process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._resources.close()


def _allowance(limits: Limits, scratch: Path, user: int) -> bytes:
    allowance = Allowance(
        scratch=str(scratch),
        user=user,
        memory_bytes=limits.memory_bytes,
        processes=limits.processes,
        file_bytes=limits.file_bytes,
        scratch_bytes=limits.scratch_bytes,
        scratch_files=limits.scratch_files,
        open_files=limits.open_files,
        output_characters=limits.output_characters,
        cpu_seconds=math.ceil(limits.submission_seconds),
    )
    return json.dumps(dataclasses.asdict(allowance)).encode()


def _last_line(output: bytes) -> str:
    lines = output[-4096:].decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else "it said nothing"
