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
    """Delete a folder, also where a student has taken away its permissions."""
    for path, names, _ in os.walk(folder):
        for name in names:
            inner = Path(path, name)
            if not inner.is_symlink():
                inner.chmod(0o700)
    shutil.rmtree(folder, ignore_errors=True)
