"""A file that is only ever appended to: lines of JSON, each with a checksum and safely on disk.

What a killed writer or a bad disk left of a line is found out when the file is opened, told, and
dropped; the other lines stay as they are.
"""

import contextlib
import json
import os
import threading
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.files import OutputError, clear_drafts, write_whole

OWNERS_ALONE = 0o600
"""It holds what students answered to hidden cases."""

Entry = Mapping[str, Any]


class Lines:
    """An open file of entries, for one process and several of its threads.

    Attributes:
        dropped: what was found damaged, one line each.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.dropped: tuple[str, ...] = ()
        self._turn = threading.Lock()
        try:
            self._begin()
            self._reader = path.open("rb")
            self._file = os.open(path, os.O_WRONLY | os.O_APPEND)
        except OSError as error:
            raise self._unwritten(error) from None
        self._end = os.fstat(self._file).st_size

    def __enter__(self) -> "Lines":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._file)
        self._reader.close()

    @property
    def empty(self) -> bool:
        """Whether there is no entry."""
        return self._end == len(HEAD)

    def entries(self) -> Iterator[tuple[int, Entry]]:
        """Each entry and where it stands."""
        place = len(HEAD)
        self._reader.seek(place)
        for line in self._reader:
            yield place, _entry(line)
            place += len(line)

    def read(self, place: int) -> Entry:
        """The entry that stands at a place."""
        with self._turn:
            self._reader.seek(place)
            return _entry(self._reader.readline())

    def append(self, entry: Entry) -> int:
        """Add an entry; returns where it stands. When that is told, it is on disk.

        Raises:
            OutputError: it cannot be written, or the file is no longer there.
        """
        line = _line(entry)
        with self._turn:
            try:
                place, self._end = self._end, self._written(line)
            except OSError as error:
                with contextlib.suppress(OSError):  # else the next run drops it
                    os.ftruncate(self._file, self._end)
                raise self._unwritten(error) from None
        return place

    def _written(self, line: bytes) -> int:
        """Write a line; returns where the next one will stand."""
        view = memoryview(line)
        while view:
            view = view[os.write(self._file, view) :]
        os.fsync(self._file)
        # Only now, so that a folder that vanishes meanwhile is noticed too.
        if not os.path.samestat(self.path.stat(), os.fstat(self._file)):
            raise FileNotFoundError(0, "it was replaced by another")
        return self._end + len(line)

    def _begin(self) -> None:
        """Make the file if there is none, and drop what is damaged in it."""
        clear_drafts(self.path.parent)
        lines = self.path.read_bytes().splitlines(keepends=True) if self.path.exists() else [HEAD]
        if lines[:1] != [HEAD]:
            self.dropped = (f"{self.path} was no journal of this version and is begun anew",)
            lines = [HEAD]
        sound = [line for line in lines if _is_sound(line)]
        if len(sound) < len(lines):
            self.dropped = tuple(self._told(lines))
        if self.dropped or not self.path.exists():
            self._rewrite(sound)

    def _rewrite(self, lines: list[bytes]) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(self.path, b"".join(lines), OWNERS_ALONE)

    def _told(self, lines: list[bytes]) -> Iterator[str]:
        for number, line in enumerate(lines, start=1):
            if not _is_sound(line):
                torn = number == len(lines) and not line.endswith(b"\n")
                what = "the last entry" if torn else f"the entry in line {number}"
                is_ = "was torn" if torn else "was damaged"
                yield f"{what} of {self.path} {is_} and is dropped: what it told is graded again"

    def _unwritten(self, error: OSError) -> OutputError:
        line = f"{self.path} cannot be written: {error.strerror}"
        remedy = "mend that and run the same command again; what was graded until then is kept"
        return OutputError(f"{line}; {remedy}")


def _line(entry: Entry) -> bytes:
    text = json.dumps(entry, separators=(",", ":")).encode()
    return b"%s %s\n" % (_sum(text), text)


def _sum(text: bytes) -> bytes:
    return sha256(text).hexdigest()[:16].encode()


def _is_sound(line: bytes) -> bool:
    """Whether a line is as it was written."""
    checksum, _, text = line.partition(b" ")
    return text.endswith(b"\n") and checksum == _sum(text[:-1])


def _entry(line: bytes) -> Entry:
    entry: Entry = json.loads(line.partition(b" ")[2])
    return entry


HEAD = _line({"format": 1})
"""The first line of every journal that this code can read."""
