"""How a submission is kept in, from strongest to weakest."""

from enum import StrEnum


class Isolation(StrEnum):
    """`FULL` shows a submission nothing but its own; `LANDLOCK` refuses it the rest; `TRUSTED` sets
    limits only."""

    FULL = "full"
    LANDLOCK = "landlock"
    TRUSTED = "trusted"

    def reaches(self, minimum: "Isolation") -> bool:
        """Whether this keeps a submission in at least as well."""
        tiers = list(Isolation)
        return tiers.index(self) <= tiers.index(minimum)


class IsolationError(Exception):
    """A submission that may not be graded as it would be kept in, in one line with what to do."""
