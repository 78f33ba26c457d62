"""How a submission is kept in, from strongest to weakest."""

from enum import StrEnum


class Isolation(StrEnum):
    """`FULL` keeps files, network and other students out of reach; `TRUSTED` sets limits only."""

    FULL = "full"
    TRUSTED = "trusted"
