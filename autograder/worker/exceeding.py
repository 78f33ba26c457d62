"""Which limit an exception comes from. The judge takes it for words and nothing else."""

import errno
import os
import re
import threading
from pathlib import Path

NO_THREAD = "can't start new thread"

LIMITS = {
    errno.EAGAIN: "processes",  # of a fork; nothing else here answers it
    errno.EFBIG: "file_bytes",
    errno.EMFILE: "open_files",
    errno.ENOMEM: "memory_bytes",
}
FULL = (errno.ENOSPC, errno.EDQUOT)

HDF5 = re.compile(r"errno = (\d+)")
NUMPY = re.compile(r"\d+ requested and \d+ written")
"""How libraries tell of it that write by themselves."""


def exceeded(error: BaseException) -> str:
    """The name of the limit in the judge's `Limits`, or ""."""
    try:
        return _exceeded(error)
    except Exception:  # a student's own class may do anything
        return ""


def _exceeded(error: BaseException) -> str:
    if isinstance(error, MemoryError):
        return "memory_bytes"
    said = str(error)
    if isinstance(error, RuntimeError) and said == NO_THREAD:
        return "processes" if _has_room_for_a_stack() else "memory_bytes"
    if not isinstance(error, OSError):
        return ""
    number, told = error.errno, HDF5.search(said)
    if number is None and told:
        number = int(told[1])
    if number is None and NUMPY.fullmatch(said):
        number = errno.EFBIG if _has_room("f_bavail", "f_blocks") else errno.ENOSPC
    if number in FULL:
        return "scratch_bytes" if _has_room("f_favail", "f_files") else "scratch_files"
    return LIMITS.get(number or 0, "")


def _has_room_for_a_stack() -> bool:
    """Whether a thread's memory was not what it lacked; where nothing says, it was not."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return True
    import resource  # only where there is a /proc

    used = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmData"))
    stack = threading.stack_size() or resource.getrlimit(resource.RLIMIT_STACK)[0]
    most = resource.getrlimit(resource.RLIMIT_DATA)[0]
    return most == resource.RLIM_INFINITY or 1024 * used + stack < most


def _has_room(left: str, total: str) -> bool:
    """Whether there is more to be had of what is written here; some file systems know no number."""
    try:
        found = os.statvfs(".")
    except OSError:
        return True
    return bool(getattr(found, left) > 0 or getattr(found, total) == 0)
