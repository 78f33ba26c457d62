"""What a submission can be kept in with: one row for each mechanism, and which a tier needs.

This much is known on every platform; `probing` tries it, on Linux.
"""

from dataclasses import dataclass

from autograder.isolation import Isolation


@dataclass(frozen=True)
class Mechanism:
    """Something of the kernel's or the system's that is tried.

    Args:
        purpose: what it is for.
        tried: what is done to try it.
        walled: whether it must work where a warm parent is: behind bubblewrap, unprivileged.
    """

    purpose: str
    tried: str
    walled: bool = False


MECHANISMS = {
    "bubblewrap": Mechanism(
        "shows a warm parent the interpreter and the allowed packages, nothing else",
        "our interpreter was started in it",
        walled=True,
    ),
    "user namespaces": Mechanism(
        "lets a submission have the others without privileges",
        "a process became another user in one",
        walled=True,
    ),
    "mount namespaces": Mechanism(
        "gives each submission folders of its own", "a process made its mounts private", walled=True
    ),
    "process namespaces": Mechanism(
        "shows no other process, and ends all together",
        "a process mounted /proc and counted",
        walled=True,
    ),
    "network namespaces": Mechanism(
        "keeps the network away", "a process listed its network devices", walled=True
    ),
    "tmpfs": Mechanism(
        "bounds scratch space", "more was written to one than it holds", walled=True
    ),
    "Landlock": Mechanism(
        "bounds which files, ports and processes are in reach",
        "a folder that is not allowed was listed",
    ),
    "seccomp": Mechanism("refuses system calls that no submission needs", "such a call was made"),
    "memory cgroup": Mechanism(
        "bounds memory, shared mappings too", "a process entered one that was made for it"
    ),
    "process cgroup": Mechanism(
        "bounds the number of processes", "a process entered one that was made for it"
    ),
    "resource limits": Mechanism(
        "bounds processor time, memory, files", "more memory was asked for than the limit"
    ),
    "subreaper": Mechanism(
        "finds what a submission leaves behind", "a process was orphaned below one"
    ),
    "pidfd": Mechanism("ends only the process that was meant", "a process was ended by one"),
    "unprivileged user": Mechanism(
        "keeps submissions from running as root", "a process gave up being root"
    ),
    "interpreter": Mechanism("runs submissions", "it was opened by an unprivileged user"),
}

_ALWAYS = ("resource limits", "subreaper", "pidfd")

NEEDS = {
    Isolation.FULL: (
        *(name for name, one in MECHANISMS.items() if one.walled),
        "unprivileged user",
        *_ALWAYS,
    ),
    Isolation.LANDLOCK: ("Landlock", "seccomp", *_ALWAYS),
    Isolation.TRUSTED: ("unprivileged user", *_ALWAYS),
}
"""What each tier cannot be without."""

STRENGTHENS = ("Landlock", "seccomp", "memory cgroup", "process cgroup")
"""What every tier but the trusted one is better with."""


@dataclass(frozen=True)
class Probe:
    """What came of trying one mechanism.

    Args:
        purpose: what it is for.
        present: whether this machine knows it at all.
        tried: what was done to try it; "" where nothing was.
        works: whether it did what it is for.
        result: in words.
        remedy: what would make it work, a command where there is one; "" where it works.
    """

    name: str
    purpose: str
    present: bool
    tried: str
    works: bool
    result: str
    remedy: str
