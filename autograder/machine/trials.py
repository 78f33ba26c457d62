"""Trying what could keep a submission in: each mechanism once, in a process that ends with it.

This file runs as a program of its own, beside the judge or behind bubblewrap, and prints what came
of each trial. The judge's own process stays as it is.
"""

import contextlib
import errno
import json
import mmap
import os
import resource
import signal
import socket
import sys
from collections.abc import Callable
from pathlib import Path

from autograder.worker import landlock, linux, namespaces, privileges, seccomp, supervisor

TOO_MUCH = 1 << 20
"""Bytes that no trial is allowed."""


class Unkept(Exception):
    """Something that a mechanism should have refused, and did not."""


def main(user: int, mounts: bool, names: list[str]) -> None:
    """Try mechanisms and print `{name: [error number, words]}`; 0 where one works.

    Args:
        user: the unprivileged user to become, or -1 to stay.
        mounts: whether /proc is still to be mounted, as for a warm parent behind bubblewrap.
    """
    if mounts:
        try:
            namespaces.mount_processes()
        except OSError as error:
            sys.exit(error.strerror)
    with contextlib.suppress(OSError):  # "unprivileged user" says why
        privileges.become(user, ())
    print(json.dumps({name: _attempt(TRIALS[name]) for name in names}))


def _attempt(trial: Callable[[], str], flags: int = 0) -> tuple[int, str]:
    """The outcome of a trial in a process of its own, or in new namespaces."""
    user, group = os.getuid(), os.getgid()
    reading, writing = os.pipe()
    try:
        pid = linux.fork(flags)
    except OSError as error:
        os.close(reading)
        os.close(writing)
        return _refused(error)
    if pid == 0:
        outcome = _outcome(lambda: _settled(trial, user, group) if flags else trial())
        os.write(writing, json.dumps(outcome).encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        said = pipe.read()
    _, status = os.waitpid(pid, 0)
    if not said:
        return errno.ECANCELED, f"the trial ended with {os.waitstatus_to_exitcode(status)}"
    number, words = json.loads(said)
    return number, words


def _settled(trial: Callable[[], str], user: int, group: int) -> str:
    namespaces.settle(user, group)
    return trial()


def _outcome(trial: Callable[[], str]) -> tuple[int, str]:
    try:
        return 0, trial()
    except OSError as error:
        return _refused(error)
    except Unkept as error:
        return errno.ECANCELED, str(error)


def _refused(error: OSError) -> tuple[int, str]:
    return error.errno or errno.ECANCELED, error.strerror or str(error)


def _within(flags: int, trial: Callable[[], str]) -> str:
    """Try something in a user namespace of one's own, with other namespaces."""
    number, words = _attempt(trial, linux.CLONE_NEWUSER | flags)
    if number:
        raise OSError(number, words)
    return words


def _user() -> str:
    return _within(0, lambda: f"user {os.getuid()} of its own")


def _mount() -> str:
    def trial() -> str:
        linux.mount("", "/", "", linux.MS_REC | linux.MS_PRIVATE)
        return "mounts of its own"

    return _within(linux.CLONE_NEWNS, trial)


def _processes() -> str:
    def trial() -> str:
        namespaces.mount_processes()
        seen = [path.name for path in Path("/proc").iterdir() if path.name.isdigit()]
        if seen != ["1"]:
            raise Unkept(f"{len(seen)} processes are seen, expected one")
        return "sees itself alone"

    return _within(linux.CLONE_NEWNS | linux.CLONE_NEWPID, trial)


def _network() -> str:
    def trial() -> str:
        if (devices := [name for _, name in socket.if_nameindex()]) != ["lo"]:
            raise Unkept(f"{', '.join(devices)} are seen, expected lo alone")
        return "no network"

    return _within(linux.CLONE_NEWNET, trial)


def _scratch() -> str:
    def trial() -> str:
        linux.mount("tmpfs", "/tmp", "tmpfs", namespaces.PRIVATE, "size=64k,nr_inodes=16")
        with contextlib.suppress(OSError):
            Path("/tmp/file").write_bytes(bytes(TOO_MUCH))
            raise Unkept("more bytes went in than its size")
        return "full when its bytes are used up"

    return _within(linux.CLONE_NEWNS, trial)


def _limits() -> str:
    resource.setrlimit(resource.RLIMIT_DATA, (TOO_MUCH, TOO_MUCH))
    with contextlib.suppress(OSError, MemoryError):
        mmap.mmap(-1, 64 * TOO_MUCH, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
        raise Unkept("more memory was given than the limit")
    return "memory beyond the limit is refused"


def _subreaper() -> str:
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    reading, writing = os.pipe()
    middle = os.fork()
    if middle == 0:
        if os.fork() == 0:
            os.read(reading, 1)  # until the one between us has ended
        os._exit(0)
    os.waitpid(middle, 0)
    orphans = supervisor.children(os.getpid())
    os.write(writing, b"!")
    supervisor.sweep()
    if len(orphans) != 1:
        raise Unkept("an orphan went elsewhere")
    return "orphans come to their supervisor"


def _pidfd() -> str:
    pid = os.fork()
    if pid == 0:
        signal.pause()
    try:
        handle = os.pidfd_open(pid)
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except OSError:
        os.kill(pid, signal.SIGKILL)
        raise
    finally:
        os.waitpid(pid, 0)
    return "ends the very process that was meant"


def _nobody() -> str:
    if os.geteuid() != 0:
        return f"the judge is no root: submissions run as user {os.geteuid()}"
    try:
        privileges.become(privileges.NOBODY, ())
    except OSError as error:
        raise PermissionError(
            errno.EPERM, f"root cannot become user {privileges.NOBODY}: {error.strerror}"
        ) from None
    with contextlib.suppress(OSError):
        os.setuid(0)
        raise Unkept("there is a way back to root")
    return f"root becomes user {privileges.NOBODY}"


def _landlock() -> str:
    version = linux.landlock_version()
    if not version:
        raise OSError(errno.ENOSYS, "this kernel has none, or it is switched off")
    rules = landlock.Rules(("/usr",), (), version)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    rules.restrict(rules.open(), ())
    with contextlib.suppress(PermissionError):
        list(Path("/").iterdir())
        raise Unkept("a folder that is not allowed was listed")
    reach = ["files"]
    reach += ["TCP"] if version >= landlock.NETWORK else []
    reach += ["signals", "abstract sockets"] if version >= landlock.SCOPES else []
    return f"version {version}: {', '.join(reach)}"


def _seccomp() -> str:
    if lacking := seccomp.missing():
        raise OSError(errno.ENOSYS, lacking)
    linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
    seccomp.apply(seccomp.read("calls"))
    with contextlib.suppress(OSError):
        socket.socket(socket.AF_INET).close()
        raise Unkept("a call that is not allowed was made")
    return "calls that are not allowed are refused"


def _interpreter() -> str:
    with contextlib.suppress(OSError):
        privileges.become(privileges.NOBODY, ())
    try:
        Path(sys.executable).open("rb").close()
    except PermissionError:
        return "root alone reads it, and it is shown to submissions all the same"
    return f"user {os.geteuid()} reads it"


TRIALS: dict[str, Callable[[], str]] = {
    "user namespaces": _user,
    "mount namespaces": _mount,
    "process namespaces": _processes,
    "network namespaces": _network,
    "tmpfs": _scratch,
    "Landlock": _landlock,
    "seccomp": _seccomp,
    "resource limits": _limits,
    "subreaper": _subreaper,
    "pidfd": _pidfd,
    "unprivileged user": _nobody,
    "interpreter": _interpreter,
}
