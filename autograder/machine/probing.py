"""Trying this machine's mechanisms, in other processes than the judge's."""

import errno
import json
import os
import subprocess
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from autograder.machine.mechanisms import MECHANISMS, Probe
from autograder.machine.remedies import remedy
from autograder.sandbox import SandboxError, bubblewrap, cgroups
from autograder.sandbox.tree import interpreter
from autograder.worker.privileges import NOBODY

SECONDS = 10.0
ABSENT = (errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOENT)
"""How a kernel says that it has no such thing, rather than that one may not have it."""

BOOT = """
import json, sys
sys.path.append(sys.argv[1])
from autograder.machine.trials import main
main(**json.loads(sys.argv[2]))
"""
PACKAGE = Path(__file__).parents[1]
TRIALS = Path(__file__).with_name("trials.py")

CGROUPS = {"memory cgroup": "memory_bytes", "process cgroup": "processes"}
"""What each of them bounds, as `Limits` calls it."""

ALONE = ("--die-with-parent", "--new-session")

Outcome = tuple[int, str]
"""An error number, or 0 where it works; and words."""


def probe(names: Iterable[str]) -> list[Probe]:
    """Try these mechanisms, each where a warm parent or its children would use it."""
    wanted = [name for name in MECHANISMS if name in set(names)]
    walled = [name for name in wanted if MECHANISMS[name].walled]
    counted = [name for name in wanted if name in CGROUPS]
    rest = [name for name in wanted if name not in (*walled, *counted)]
    with ThreadPoolExecutor() as thread:
        beside = thread.submit(_beside, rest)
        outcomes = _behind_bubblewrap(walled) if walled else {}
    outcomes |= beside.result() | (_cgroups(counted) if counted else {})
    return [_probe(name, *outcomes[name]) for name in wanted]


def _probe(name: str, number: int, words: str) -> Probe:
    one = MECHANISMS[name]
    mended = remedy(name, number) if number else ""
    return Probe(name, one.purpose, number not in ABSENT, one.tried, not number, words, mended)


def _behind_bubblewrap(names: list[str]) -> dict[str, Outcome]:
    """The outcomes in its wall; where it does not work, those of an unprivileged user."""
    inner = [name for name in names if name != "bubblewrap"]
    root = os.geteuid() == 0
    user = NOBODY if root else -1
    try:
        wall = _wall(bubblewrap.program())
        return {"bubblewrap": (0, "it runs in it"), **_try(inner, user, root, wall)}
    except SandboxError:
        outcome = errno.ENOENT, "it is not installed"
    except _Failed as error:
        outcome = errno.ECANCELED, str(error)
    return {"bubblewrap": outcome, **_beside(inner, user)}


def _wall(program: str) -> list[str]:
    mounts = [
        *bubblewrap.system(),
        ("--ro-bind", str(PACKAGE / "worker"), f"{bubblewrap.PACKAGES}/autograder/worker"),
        ("--ro-bind", str(TRIALS), f"{bubblewrap.PACKAGES}/autograder/machine/{TRIALS.name}"),
        ("--dev", "/dev"),
        ("--dir", "/tmp"),
        ("--remount-ro", "/"),
    ]
    return [program, *bubblewrap.namespaces(), *ALONE, *bubblewrap.words(mounts), "--"]


def _cgroups(names: list[str]) -> dict[str, Outcome]:
    """What the judge itself finds, by putting another process into groups."""
    bounded = cgroups.find().bounded
    given = 0, "bounds all its processes together"
    refused = errno.EACCES, "none can be made and entered"
    return {name: given if CGROUPS[name] in bounded else refused for name in names}


def _beside(names: list[str], user: int = -1) -> dict[str, Outcome]:
    """The outcomes without a wall."""
    if not names:
        return {}
    try:
        return _try(names, user)
    except _Failed as error:
        return dict.fromkeys(names, (errno.ECANCELED, str(error)))


def _try(
    names: list[str], user: int = -1, mounts: bool = False, wall: Sequence[str] = ()
) -> dict[str, Outcome]:
    """The outcomes in a process of its own.

    Raises:
        _Failed: it said nothing, or no more than why.
    """
    folder = bubblewrap.PACKAGES if wall else str(PACKAGE.parent)
    how = json.dumps({"user": user, "mounts": mounts, "names": names})
    python = [str(interpreter()), "-P", "-S", "-s", "-B", "-c", BOOT, folder, how]
    try:
        command = [*wall, *python]
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env={})
    except (OSError, subprocess.TimeoutExpired) as error:
        raise _Failed(str(error)) from None
    if done.returncode:
        lines = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise _Failed(lines[-1] if lines else f"it ended with status {done.returncode}")
    return {name: (number, words) for name, (number, words) in json.loads(done.stdout).items()}


class _Failed(Exception):
    """The process in which mechanisms were to be tried did not come to that."""
