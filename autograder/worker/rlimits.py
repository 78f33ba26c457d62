"""What the kernel counts and bounds for a child."""

import resource

from autograder.worker.setting import Allowance

ADDRESS_SPACE = 6 << 30
"""Address space beyond the memory limit: TensorFlow reserves gigabytes that it never touches."""

SPARE_PROCESSES = 2
"""One is the supervisor; one lets a cgroup, where there is one, refuse first, since it counts."""


def apply(allowance: Allowance, alone: bool) -> None:
    """Set the limits of this process and of all that it starts.

    Args:
        alone: whether nobody else runs anything as the child's user.
    """
    limits = {
        resource.RLIMIT_AS: allowance.memory_bytes + ADDRESS_SPACE,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: allowance.cpu_seconds,
        resource.RLIMIT_DATA: allowance.memory_bytes,
        resource.RLIMIT_FSIZE: allowance.file_bytes,
        resource.RLIMIT_MEMLOCK: 0,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_NOFILE: allowance.open_files,
    }
    if alone:
        # Else the kernel would count everything that the user runs, and the limit would hit the
        # user's browser or us.
        limits[resource.RLIMIT_NPROC] = allowance.processes + SPARE_PROCESSES
    for which, limit in limits.items():
        _lower(which, limit)


def _lower(which: int, limit: int) -> None:
    """Never above what is set already: that would need privileges."""
    _, hard = resource.getrlimit(which)
    value = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
    # At the soft limit of CPU time comes SIGXCPU, which says what happened; at the hard, SIGKILL.
    spare = 1 if which == resource.RLIMIT_CPU and value == limit != hard else 0
    resource.setrlimit(which, (value, value + spare))
