"""What goes wrong with the wall itself."""


class SandboxError(RuntimeError):
    """Our own failure, in one line with what to do; no submission pays for it."""
