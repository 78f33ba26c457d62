"""How a submission is kept in."""

from enum import StrEnum


class Isolation(StrEnum):
    """`FULL` is for strangers' code; `TRUSTED` has to be asked for."""

    FULL = "full"
    TRUSTED = "trusted"
