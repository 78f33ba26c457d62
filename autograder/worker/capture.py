"""What a program prints, up to a limit: the rest is counted and thrown away."""

import contextlib
import io
from collections.abc import Iterator

from autograder.worker.text import rest, settled


class Sink(io.RawIOBase):
    """Keeps the first bytes written to it and counts the others."""

    def __init__(self, limit: int) -> None:
        self.kept = bytearray()
        self.dropped = 0
        self.limit = limit

    def writable(self) -> bool:
        return True

    def write(self, data: bytes | bytearray | memoryview) -> int:  # type: ignore[override]
        size = len(data)
        room = max(0, self.limit - len(self.kept))
        self.kept += data[:room]
        self.dropped += max(0, size - room)
        return size


class Capture(io.TextIOWrapper):
    """A text stream that stands in for stdout and stderr.

    Args:
        limit: how many bytes of UTF-8 to keep.
    """

    def __init__(self, limit: int) -> None:
        self._sink = Sink(limit)
        super().__init__(self._sink, "utf-8", "replace", write_through=True)  # type: ignore[arg-type]

    def text(self) -> str:
        """What was written, and how much of it is missing."""
        kept = settled(self._sink.kept.decode("utf-8", "replace"))
        if not self._sink.dropped:
            return kept
        return f"{kept}\n{rest(self._sink.dropped, self._sink.limit)}"


@contextlib.contextmanager
def captured(limit: int) -> Iterator[Capture]:
    """Take what is printed inside instead of letting it out."""
    capture = Capture(limit)
    with contextlib.redirect_stdout(capture), contextlib.redirect_stderr(capture):
        yield capture
