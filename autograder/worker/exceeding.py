"""Which limit an exception comes from. The judge takes it for words and nothing else."""

import errno
import os
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


def exceeded(error: BaseException) -> str:
    """The name of the limit in the judge's `Limits`, or ""."""
    if isinstance(error, MemoryError):
        return "memory_bytes"
    if isinstance(error, RuntimeError) and error.args == (NO_THREAD,):
        return "processes" if _has_room_for_a_stack() else "memory_bytes"
    if not isinstance(error, OSError):
        return ""
    if error.errno in FULL:
        return "scratch_bytes" if _has_room_for_names() else "scratch_files"
    return LIMITS.get(error.errno or 0, "")


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


def _has_room_for_names() -> bool:
    """Whether more files could be made here; some file systems know no number."""
    try:
        found = os.statvfs(".")
    except OSError:
        return True
    return found.f_favail > 0 or found.f_files == 0
