"""Which limit an exception comes from. The judge takes it for words and nothing else."""

import errno
import os

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
        return "processes"
    if not isinstance(error, OSError):
        return ""
    if error.errno in FULL:
        return "scratch_bytes" if _has_room_for_names() else "scratch_files"
    return LIMITS.get(error.errno or 0, "")


def _has_room_for_names() -> bool:
    """Whether more files could be made here; some file systems know no number."""
    try:
        found = os.statvfs(".")
    except OSError:
        return True
    return found.f_favail > 0 or found.f_files == 0
