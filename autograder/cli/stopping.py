"""Ctrl-C, a terminal that is closed, and the signal that asks a process to end: once is enough."""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

AGAIN_SECONDS = 0.05
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")
SIGNALS = [signal.Signals[name] for name in NAMES if name in signal.Signals.__members__]


class Stopped(KeyboardInterrupt):
    """A signal has asked to stop.

    Args:
        number: which one.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number


@contextmanager
def stoppable() -> Iterator[None]:
    """Be stopped by the first such signal, and tidied up undisturbed by any other.

    A signal that is ignored, as by `nohup`, stays so.

    Raises:
        Stopped: there was one.
    """
    heeded = [one for one in SIGNALS if signal.getsignal(one) is not signal.SIG_IGN]

    def stop(number: int, _: FrameType | None) -> None:
        for one in heeded:
            signal.signal(one, signal.SIG_IGN)
        raise Stopped(number)

    def lost(what: "sys.UnraisableHookArgs") -> None:
        """Nobody hears what is raised while an object is deleted: ask once more, soon."""
        if not isinstance(what.exc_value, Stopped):
            tell(what)
            return
        for one in heeded:
            signal.signal(one, stop)
        number = signal.Signals(what.exc_value.number)
        threading.Timer(AGAIN_SECONDS, _send, [number]).start()

    tell, sys.unraisablehook = sys.unraisablehook, lost
    before = {one: signal.signal(one, stop) for one in heeded}
    try:
        yield
    finally:
        sys.unraisablehook = tell
        for one, handler in before.items():
            signal.signal(one, handler)


def _send(number: signal.Signals) -> None:
    """Send a signal to the main thread, which wakes up where the platform can do that."""
    if hasattr(signal, "pthread_kill"):
        signal.pthread_kill(threading.main_thread().ident or 0, number)
    else:
        signal.raise_signal(number)
