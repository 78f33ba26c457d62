"""Temporary folders of a judge, each known to be nobody's once its judge has ended.

A judge holds a lock on each of its folders. The kernel lets go of it however the judge ends, so
that the next one can tell what a killed one left from what a living one needs.
"""

import contextlib
import fcntl
import os
import shutil
import tempfile
from pathlib import Path
from uuid import uuid4

from autograder.sandbox.errors import SandboxError

PREFIX = "autograder-judge-"


class Folder:
    """A new temporary folder, until it is removed.

    Raises:
        SandboxError: it cannot be made.
    """

    def __init__(self) -> None:
        try:
            self.path, self._lock = _made()
        except OSError as error:
            where = tempfile.gettempdir()
            line = f"a temporary folder in {where} cannot be made: {error.strerror}"
            raise SandboxError(f"{line}; make room there, or name another in TMPDIR") from None

    def remove(self) -> None:
        """Delete it with all that is in it."""
        remove(self.path)
        os.close(self._lock)


def sweep() -> None:
    """Delete the folders of judges that have ended."""
    for path in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        with contextlib.suppress(OSError):  # it is another user's, or in use, or gone
            _remove_unused(path)


def _made() -> tuple[Path, int]:
    while True:
        path = Path(tempfile.mkdtemp(prefix=PREFIX))
        lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        fcntl.flock(lock, fcntl.LOCK_SH)
        if path.exists():  # before it was locked, another judge may have swept it
            return path, lock
        os.close(lock)


def _remove_unused(path: Path) -> None:
    lock = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    try:
        if os.fstat(lock).st_uid == os.geteuid():
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            remove(path)
    finally:
        os.close(lock)


def remove(folder: Path) -> None:
    """Delete a folder, however deep it is nested, and whatever permissions were taken away.

    No path in it gets long, and nothing is called for each level.
    """
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        while inner := [one.path for one in os.scandir(folder) if _is_folder(one)]:
            for path in map(Path, inner):
                _dissolve(path, folder)
    with contextlib.suppress(OSError, RecursionError):
        shutil.rmtree(folder)


def _dissolve(path: Path, top: Path) -> None:
    """Delete a folder, and move those in it right below the top one."""
    path.chmod(0o700)
    for entry in list(os.scandir(path)):
        own = Path(entry.path)
        if _is_folder(entry):
            own.chmod(0o700)  # else its owner may not move it
            own.rename(top / uuid4().hex)
        else:
            own.unlink()
    path.rmdir()


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    return entry.is_dir(follow_symlinks=False)
