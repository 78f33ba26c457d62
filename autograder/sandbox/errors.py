"""What goes wrong behind the wall, and with the wall itself."""

from autograder.results import VerdictKind


class SandboxError(RuntimeError):
    """Our own failure, in one line with what to do; no submission pays for it."""


class Lost(Exception):
    """A submission's child is gone by its own doing; the message goes on after its name."""

    def __init__(self, kind: VerdictKind, message: str) -> None:
        super().__init__(message)
        self.kind = kind
