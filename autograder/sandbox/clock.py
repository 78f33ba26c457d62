"""How long an answer may take: processor time decides, the clock only ends what waits.

The kernel counts the processor time, and the judge reads it from outside the wall.
"""

import time
from collections.abc import Callable, Sequence

from autograder.sandbox.families import computed

PATIENCE = 4
"""What only waits may take so many times as long by the clock as it may compute."""

LOOK_SECONDS = 0.1


class TimeUp(TimeoutError):
    """An answer took too long.

    Args:
        starved: whether it computed for less time than it might have.
    """

    def __init__(self, message: str, starved: bool) -> None:
        super().__init__(message)
        self.starved = starved


class Deadline:
    """So many seconds by the clock."""

    def __init__(self, seconds: float) -> None:
        self._end = time.monotonic() + seconds

    def left(self) -> float:
        """For how many seconds to wait before asking again.

        Raises:
            TimeoutError: they are over.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Clock:
    """So many seconds of computing, by all processes of a family together.

    However many cores they use, they have at least as long by the clock; at most `PATIENCE` times
    as long.

    Args:
        seconds: how long they may compute.
        handles: a pidfd of the family's head, or nothing where it is gone.
        watch: looks after what else the family uses, and raises `Lost` where that is too much.
    """

    def __init__(self, seconds: float, handles: Sequence[int], watch: Callable[[], None]) -> None:
        self._seconds = seconds
        self._handles = handles
        self._watch = watch
        self._started = time.monotonic()
        self._next = self._started + LOOK_SECONDS
        self._before: float | None = None

    def left(self) -> float:
        """For how many seconds to wait before asking again.

        Raises:
            TimeUp: they are over.
        """
        before = time.monotonic()
        self._watch()
        now = time.monotonic()
        self.excuse(now - before)
        if now >= self._next:
            self._look(now - self._started)
            self._next = now + LOOK_SECONDS
        return self._next - now

    def excuse(self, seconds: float) -> None:
        """Do not count time by the clock in which others were at work."""
        self._started += seconds

    def _look(self, waited: float) -> None:
        # Most answers come before the first look: they are not worth reading the time for, and
        # others are given what they computed until then.
        if self._before is None:
            self._before = computed(self._handles)
        elif waited >= self._seconds:
            self._judge(waited, computed(self._handles) - self._before)

    def _judge(self, waited: float, used: float) -> None:
        ceiling = PATIENCE * self._seconds
        if used >= self._seconds:
            raise TimeUp(f"did not finish within {self._seconds:g} s of computing", False)
        if waited >= ceiling:
            part = f"{max(0.0, used):.1f} s"
            raise TimeUp(
                f"was still waiting after {ceiling:g} s, of which it computed {part}", True
            )
