"""Frameworks that talk while they start, kept from talking over an answer."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager

STDERR = 2


@contextmanager
def standard_error_held_back() -> Iterator[None]:
    """Drop what is written to standard error inside; if an exception leaves, show it all first.

    TensorFlow writes to the file descriptor from C++, whatever its log level, so the descriptor is
    what must be redirected.
    """
    sys.stderr.flush()
    with tempfile.TemporaryFile() as held, os.fdopen(os.dup(STDERR), "wb") as shown:
        os.dup2(held.fileno(), STDERR)
        try:
            yield
        except BaseException:
            sys.stderr.flush()
            held.seek(0)
            shutil.copyfileobj(held, shown)
            raise
        finally:
            sys.stderr.flush()
            os.dup2(shown.fileno(), STDERR)
