"""What a submission could leave behind on this machine, seen from outside the wall.

A daemon whose parents have ended would belong to process 1 of the machine. While a `Witness`
looks on it belongs to this process, so that whatever a child has started is found below it; a
socket that nobody holds is gone.
"""

import hashlib
import os
import threading
from contextlib import suppress
from pathlib import Path

import psutil

from autograder.sandbox.cgroups import PREFIX
from autograder.worker import linux

MARK = "hostile"
"""Whatever the submissions make has this in its name."""

SHARED = ("/tmp", "/var/tmp", "/dev/shm", "/dev/mqueue", "/run")
CGROUPS = Path("/sys/fs/cgroup")


class Witness:
    """Looks at processes, descriptors, threads, mounts, cgroups, files and IPC.

    Args:
        folder: whose files are looked at, down to their contents.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> "Witness":
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
        return self

    def __exit__(self, *_: object) -> None:
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 0)

    def look(self) -> dict[str, object]:
        """All of it, to be compared with a second look."""
        family = psutil.Process().children(recursive=True)
        return {
            "processes": {(one.pid, one.create_time()) for one in family},
            "descriptors": {one.pid: _descriptors(one.pid) for one in (psutil.Process(), *family)},
            "threads": {one.pid: one.num_threads() for one in family},
            "judge's threads": {thread.name for thread in threading.enumerate()},
            "mounts": Path("/proc/self/mountinfo").read_text(),
            "cgroups": cgroups_of(os.getpid()),
            "files": dict(_files(self._folder)),
            "shared files": {name for folder in SHARED for name in _marked(Path(folder))},
            "unix sockets": _sockets(),
            "IPC": {kind: _ipc(kind) for kind in ("shm", "msg", "sem")},
        }

    def bury(self, before: dict[str, object]) -> None:
        """Let go of orphans that have ended since a look, as process 1 of the machine would."""
        family = psutil.Process().children()
        born = [one for one in family if (one.pid, one.create_time()) not in before["processes"]]
        psutil.wait_procs(born, timeout=10)


def _descriptors(pid: int) -> list[str]:
    found = []
    with suppress(OSError):
        for link in Path(f"/proc/{pid}/fd").iterdir():
            with suppress(OSError):  # the one that lists them
                found.append(str(link.readlink()))
    return sorted(found)


def cgroups_of(judge: int) -> set[str]:
    """Those that a judge has made."""
    return {
        f"{folder}/{name}"
        for folder, names, _ in os.walk(CGROUPS)
        for name in names
        if name.startswith(f"{PREFIX}{judge}-")
    }


def _files(folder: Path):
    """Each file's status and contents; of a folder, its rights."""
    for place, folders, names in os.walk(folder):
        for name in folders:
            yield f"{place}/{name}", Path(place, name).lstat().st_mode
        for name in names:
            path = Path(place, name)
            status = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            yield str(path), (status.st_mode, status.st_mtime_ns, content)


def _marked(folder: Path) -> set[str]:
    with suppress(OSError):
        return {str(path) for path in folder.iterdir() if MARK in path.name}
    return set()


def _sockets() -> set[str]:
    """Named sockets of ours."""
    lines = Path("/proc/net/unix").read_text(errors="replace").splitlines()
    return {line.rpartition(" ")[2] for line in lines if MARK in line}


def _ipc(kind: str) -> set[tuple[str, ...]]:
    """Key and number of each System V object."""
    with suppress(OSError):
        lines = Path("/proc/sysvipc", kind).read_text().splitlines()[1:]
        return {tuple(line.split()[:2]) for line in lines}
    return set()
