"""From a fork of the warm parent to a submission's own process, step by step."""

import contextlib
import os
import signal
import socket
from collections.abc import Iterator

from autograder.worker import descriptors, environment, frames, linux, namespaces, supervisor
from autograder.worker.answering import open_shell, serve
from autograder.worker.layers import Layer
from autograder.worker.setting import Allowance
from autograder.worker.shell import Shell
from autograder.worker.wall import Wall


def spawn(allowance: Allowance, wall: Wall, channel: int, report: int, *entrances: int) -> int:
    """Fork a child that answers on a channel.

    Args:
        entrances: files by which a process enters the child's cgroups.

    Returns:
        the process id of its supervisor.
    """
    parent, user, group = os.getpid(), os.getuid(), os.getgid()
    refused: list[OSError] = []
    pid = _fork_supervisor(refused) if Layer.NAMESPACES in wall else os.fork()
    if pid == 0:
        with _refusing(channel):
            if refused:
                raise refused[0]
            for entrance in entrances:
                os.write(entrance, b"0")
            kept = descriptors.keep_only(channel, report, *wall.rulesets())
            channel, report, *rulesets = kept
        with _refusing(channel):
            if Layer.NAMESPACES in wall:
                namespaces.settle(user, group)
            _settle(allowance, wall, parent)
            _fork_submission(report, channel)
            _shed(allowance)
            wall.confine(allowance, rulesets)
            shell = open_shell(allowance.output_characters)
        _run(shell, channel)
    return pid


def _fork_supervisor(refused: list[OSError]) -> int:
    """Fork into new namespaces; where there are none, into the old ones, to tell the judge why."""
    try:
        return namespaces.fork()
    except OSError as error:
        refused.append(error)
        return os.fork()


def _settle(allowance: Allowance, wall: Wall, parent: int) -> None:
    """What supervisor and submission share."""
    os.setsid()
    if Layer.NAMESPACES not in wall:
        supervisor.follow(parent)
    if Layer.MOUNTS in wall:
        namespaces.furnish(allowance)
    linux.prctl(linux.PR_SET_DUMPABLE, 0)


def _fork_submission(report: int, channel: int) -> None:
    """Return in the submission's process only; this one supervises it to its end."""
    supervisor.prepare()
    submission = os.fork()
    if submission:
        os.close(channel)
        supervisor.supervise(submission, report)
    os.close(report)


def _shed(allowance: Allowance) -> None:
    """The submission's own process: forget what it was before."""
    os.setsid()  # kill(0) must not reach the supervisor
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_DFL)
    for number in (signal.SIGPIPE, signal.SIGXFSZ):  # Python raises OSError instead
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    environment.furnish(allowance.scratch)


def _run(shell: Shell, channel: int) -> None:
    """From here on the student's code may run, and nothing that is said is trusted."""
    status = 1
    try:
        serve(socket.socket(fileno=channel), shell)
        status = 0
    finally:
        os._exit(status)


@contextlib.contextmanager
def _refusing(channel: int) -> Iterator[None]:
    """Tell the judge if the wall cannot be built, and go no further."""
    try:
        yield
    except BaseException as error:
        with socket.socket(fileno=channel) as judge:
            frames.send(judge, {"ready": False, "reason": f"{type(error).__name__}: {error}"})
        os._exit(1)
