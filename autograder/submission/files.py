"""The two places a notebook is read from: a file on disk and a member of a zip.

Nothing is ever unpacked to disk, and nothing is read that could be something else than a notebook
of bearable size: no link, device or pipe, and no more bytes than the limit, whatever was declared.
"""

import os
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from autograder.submission.errors import Unreadable, megabytes, one_line

MAX_BYTES = 20_000_000
"""The largest notebook that is read; one with all its pictures in it is rarely a tenth of that."""

_CHUNK = 1 << 16

# Windows has neither of the first two: there the check by `lstat` alone must do.
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)  # a pipe without a writer would hold us up for ever
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)


class Source(Protocol):
    """Where the bytes of one notebook are."""

    def read(self, name: str, limit: int) -> bytes:
        """All bytes, or `Unreadable` in which `name` stands for the file."""


@dataclass(frozen=True)
class DiskFile:
    """A regular file."""

    path: Path

    def read(self, name: str, limit: int) -> bytes:
        try:
            # First, because opening a device can already do something.
            if trouble := kind_trouble(os.lstat(self.path).st_mode):
                raise Unreadable(f"{name} {trouble}")
            with os.fdopen(os.open(self.path, _FLAGS), "rb") as file:
                status = os.fstat(file.fileno())
                if trouble := kind_trouble(status.st_mode):
                    raise Unreadable(f"{name} {trouble}")
                _refuse_large(status.st_size, name, limit)
                return _read_counted(file, name, limit)
        except OSError as error:
            reason = error.strerror or error
            raise Unreadable(f"{name} cannot be read ({reason}): hand in the file again") from None


@dataclass(frozen=True)
class ZipMember:
    """The `index`-th member of a zip."""

    archive: Path
    index: int

    def read(self, name: str, limit: int) -> bytes:
        try:
            with zipfile.ZipFile(self.archive) as archive:
                info = archive.infolist()[self.index]
                if trouble := member_trouble(info):
                    raise Unreadable(f"{name} {trouble}")
                _refuse_large(info.file_size, name, limit)
                with archive.open(info) as file:
                    return _read_counted(file, name, limit)
        except (OSError, EOFError, IndexError, NotImplementedError, RuntimeError) as error:
            raise _damaged(name, error) from None
        except (zipfile.BadZipFile, zlib.error, ValueError) as error:
            raise _damaged(name, error) from None


def kind_trouble(mode: int) -> str:
    """Why a file of this mode is not read, or nothing."""
    if stat.S_ISREG(mode):
        return ""
    if stat.S_ISLNK(mode):
        return "is a symbolic link: hand in the notebook itself"
    what = "folder" if stat.S_ISDIR(mode) else "device or pipe"
    return f"is a {what}, not a file: hand in the notebook itself"


def member_trouble(info: zipfile.ZipInfo) -> str:
    """Why a member of a zip is not read, or nothing."""
    mode = info.external_attr >> 16
    if stat.S_IFMT(mode) and (trouble := kind_trouble(mode)):
        return trouble
    if info.flag_bits & 0x1:
        return "is encrypted: make the zip again without a password"
    # The others unpack a whole block at a time, so that their output cannot be counted in time.
    if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        return "is compressed in a rare way: make the zip again with ordinary compression"
    return ""


def _refuse_large(size: int, name: str, limit: int) -> None:
    if size > limit:
        raise Unreadable(
            f"{name} is too large ({megabytes(size)} or more; at most {megabytes(limit)}): "
            "clear all outputs in Jupyter, save it and hand it in again"
        )


def _read_counted(file: IO[bytes], name: str, limit: int) -> bytes:
    data = bytearray()
    while chunk := file.read(_CHUNK):
        data += chunk
        _refuse_large(len(data), name, limit)
    return bytes(data)


def _damaged(name: str, error: Exception) -> Unreadable:
    reason = one_line(next(iter(str(error).splitlines()), type(error).__name__))
    return Unreadable(f"{name} is damaged in the zip ({reason}): download the zip again")
