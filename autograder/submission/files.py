"""The two places a notebook is read from: a file on disk and a member of a zip."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

MAX_BYTES = 20_000_000
"""The largest notebook that is read; one with all its pictures in it is rarely a tenth of that."""


class Source(Protocol):
    """Where the bytes of one notebook are."""

    def read(self, name: str, limit: int) -> bytes:
        """All bytes, or `Unreadable` in the words of `name`."""


@dataclass(frozen=True)
class DiskFile:
    """A regular file; links, devices and pipes are refused."""

    path: Path

    def read(self, name: str, limit: int) -> bytes:
        raise NotImplementedError
