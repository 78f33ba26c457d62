"""What a family has written, where the judge must look for itself."""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

LONGEST, FARTHEST = 1000, 100
"""Characters and folders of a path: the kernel takes no more than 4095 characters, and goes through
all folders each time."""


def written(scratch: Path, pids: Sequence[int]) -> Iterator[os.stat_result]:
    """All that is in a folder, and what these processes have deleted there and hold open.

    What ends or is deleted meanwhile, or is not ours to look at, is left out.
    """
    yield from _inside(os.fspath(scratch))
    device = scratch.stat().st_dev
    for pid in pids:
        for path in _entries(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                status = Path(path).stat()
                if status.st_dev == device and status.st_nlink == 0:
                    yield status


def _inside(top: str) -> Iterator[os.stat_result]:
    """All that is in a folder, however deep.

    Where a path gets long, it begins anew with a handle of the folder that it has led to, which is
    closed when all below that folder has been seen.
    """
    folders = [top]
    handles: list[tuple[int, int]] = []  # folders that waited before this one's, and its handle
    try:
        while folders:
            folder = folders.pop()
            while handles and len(folders) < handles[-1][0]:
                os.close(handles.pop()[1])
            with contextlib.suppress(OSError):
                if _is_long(folder):
                    handle = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW)
                    while handles and len(folders) == handles[-1][0]:  # only this one was left
                        os.close(handles.pop()[1])
                    handles.append((len(folders), handle))
                    folder = f"/proc/self/fd/{handle}"
            for path in _entries(folder):
                with contextlib.suppress(OSError):
                    status = os.lstat(path)
                    if stat.S_ISDIR(status.st_mode):
                        folders.append(path)
                    yield status
    finally:
        for _, handle in handles:
            os.close(handle)


def _is_long(path: str) -> bool:
    return len(path) > LONGEST or path.count("/") > FARTHEST


def _entries(folder: str) -> Iterator[str]:
    """What is in a folder, if it can be read; one by one, for it may be much."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            yield entry.path
