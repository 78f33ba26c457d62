"""What this machine can keep a submission in with, found out by trying.

choose(asked, course.minimum_isolation)   # the tier to grade in, or IsolationError
diagnose(course.minimum_isolation)        # every mechanism, for `autograder doctor`
"""

from autograder.machine.choosing import choose
from autograder.machine.diagnosis import Diagnosis, diagnose

__all__ = ["Diagnosis", "choose", "diagnose"]
