"""What keeps a child in, each by itself, so that a test can take one away and see what it kept."""

from enum import StrEnum


class Layer(StrEnum):
    """One thing that a child does to itself before a submission's code runs."""

    NAMESPACES = "namespaces"
    """Users, processes, network, mounts, host name, cgroups and message queues of its own."""
    MOUNTS = "mounts"
    """Scratch space, shared memory and /proc of its own; only in namespaces."""
    USER = "user"
    """An unprivileged user of its own, where the warm parent is root."""
    LIMITS = "limits"
    """What it may use, as the kernel counts it."""
    CAPABILITIES = "capabilities"
    """None is left, nor a way to any."""
    LANDLOCK = "landlock"
    """Which files it may open, no TCP, and signals to its own processes only."""
    SECCOMP = "seccomp"
    """Calls that no submission needs are refused."""
    NEIGHBOURS = "neighbours"
    """Sockets with a name are refused, and signals where Landlock does not bound them."""


FULL = (
    Layer.NAMESPACES,
    Layer.MOUNTS,
    Layer.LIMITS,
    Layer.CAPABILITIES,
    Layer.LANDLOCK,
    Layer.SECCOMP,
)
LANDLOCK = (
    Layer.USER,
    Layer.LIMITS,
    Layer.CAPABILITIES,
    Layer.LANDLOCK,
    Layer.SECCOMP,
    Layer.NEIGHBOURS,
)
TRUSTED = (Layer.LIMITS, Layer.CAPABILITIES)
