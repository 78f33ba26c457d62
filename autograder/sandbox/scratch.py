"""What a family has written, where the judge must look for itself."""

import contextlib
import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

LONGEST = 3000
"""Characters of a path: the kernel takes no more than 4095, of which 255 may be the next name's."""


def written(scratch: Path, pids: Sequence[int]) -> Iterator[os.stat_result]:
    """All that is in a folder, and what these processes have deleted there and hold open.

    What ends or is deleted meanwhile, or is not ours to look at, is left out.
    """
    yield from _inside(scratch)
    device = scratch.stat().st_dev
    for pid in pids:
        for path in _entries(Path(f"/proc/{pid}/fd")):
            with contextlib.suppress(OSError):
                status = path.stat()
                if status.st_dev == device and status.st_nlink == 0:
                    yield status


def _inside(top: Path) -> Iterator[os.stat_result]:
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
                if len(os.fspath(folder)) > LONGEST:
                    handles.append((len(folders), _opened(folder)))
                    folder = Path(f"/proc/self/fd/{handles[-1][1]}")
            for path in _entries(folder):
                with contextlib.suppress(OSError):
                    status = path.lstat()
                    if stat.S_ISDIR(status.st_mode):
                        folders.append(path)
                    yield status
    finally:
        for _, handle in handles:
            os.close(handle)


def _opened(folder: Path) -> int:
    return os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_NOFOLLOW)


def _entries(folder: Path) -> Iterator[Path]:
    """What is in a folder, if it can be read; one by one, for it may be much."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            yield Path(entry.path)
