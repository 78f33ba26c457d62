"""Standard error, empty for a while whoever writes to it."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr
from pathlib import Path
from typing import TextIO

DESCRIPTOR = 2


@contextmanager
def standard_error_empty() -> Iterator[None]:
    """Show on standard output what Python writes to standard error, and drop what others write.

    Others are libraries in C++, such as TensorFlow, and subprocesses: they write to the file
    descriptor, which a Jupyter kernel shows as standard error too.
    """
    with _stream_turned(sys.stderr), redirect_stderr(sys.stdout), descriptor_dropped():
        yield


@contextmanager
def _stream_turned(stream: TextIO | None) -> Iterator[None]:
    """Turn the stream itself: logging's handlers hold on to the one that they began with."""
    if stream is None or sys.stdout in (None, stream) or not hasattr(stream, "__dict__"):
        yield
        return
    stream.flush()
    before = dict(vars(stream))
    vars(stream)["write"] = sys.stdout.write
    try:
        yield
    finally:
        del vars(stream)["write"]
        vars(stream).update({name: it for name, it in before.items() if name == "write"})


@contextmanager
def descriptor_dropped() -> Iterator[None]:
    """Drop what libraries in C++ and subprocesses write to standard error."""
    try:
        kept = os.dup(DESCRIPTOR)
    except OSError:  # it is closed, as in Windows programs without a console
        yield
        return
    try:
        with Path(os.devnull).open("wb") as nowhere:
            os.dup2(nowhere.fileno(), DESCRIPTOR)
        yield
    finally:
        os.dup2(kept, DESCRIPTOR)
        os.close(kept)
