"""An exception that a limit causes is known by its number or its words, and nothing else is."""

import errno

import pytest

from autograder.worker.exceeding import exceeded

HDF5 = "Can't write data (file write failed: errno = {}, error message = '…', buf = 0x1)"


class Odd(OSError):
    @property
    def errno(self):
        raise ValueError


@pytest.mark.parametrize(
    ("error", "limit"),
    [
        (MemoryError(), "memory_bytes"),
        (OSError(errno.ENOMEM, "Cannot allocate memory"), "memory_bytes"),
        (BlockingIOError(errno.EAGAIN, "Resource temporarily unavailable"), "processes"),
        (RuntimeError("can't start new thread"), "processes"),
        (OSError(errno.EMFILE, "Too many open files", "x"), "open_files"),
        (OSError(errno.EFBIG, "File too large"), "file_bytes"),
        (OSError(HDF5.format(errno.EFBIG)), "file_bytes"),
        (OSError("5242880 requested and 4194288 written"), "file_bytes"),
        (OSError(errno.ENOSPC, "No space left on device"), "scratch_bytes"),
        (OSError(HDF5.format(errno.ENOSPC)), "scratch_bytes"),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), "scratch_bytes"),
        (FileNotFoundError(errno.ENOENT, "No such file"), ""),
        (OSError("no number"), ""),
        (RuntimeError("another"), ""),
        (ValueError("errno = 27"), ""),
        (Odd(1, "x"), ""),
    ],
)
def test_the_limit_is_known(error, limit):
    assert exceeded(error) == limit
