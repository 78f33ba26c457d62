"""A wall without namespaces: the machine is in sight, and the kernel refuses nearly all of it."""

from autograder.sandbox.trusted import Trusted


class Landlocked(Trusted):
    """Starts a warm parent whose children may open a few files and signal nobody else."""
