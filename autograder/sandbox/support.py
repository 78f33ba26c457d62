"""What this machine can do to keep a submission in."""

from dataclasses import dataclass

from autograder.isolation import Isolation
from autograder.sandbox.bubblewrap import problem


@dataclass(frozen=True)
class Support:
    """The best isolation there is, and why it is no better, in one line with what to do."""

    isolation: Isolation
    problem: str = ""


def probe() -> Support:
    """Try bubblewrap with a command that does nothing."""
    found = problem()
    return Support(Isolation.TRUSTED if found else Isolation.FULL, found)
