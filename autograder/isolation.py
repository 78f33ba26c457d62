"""How a submission is kept in, from strongest to weakest."""

from enum import StrEnum


class Isolation(StrEnum):
    """`FULL` shows a submission nothing but its own; `LANDLOCK` refuses it the rest; `TRUSTED` sets
    limits only."""

    FULL = "full"
    LANDLOCK = "landlock"
    TRUSTED = "trusted"
