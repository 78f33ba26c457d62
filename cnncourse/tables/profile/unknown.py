"""What cannot be computed; it says why, and is never taken for a number."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Unknown:
    """What cannot be computed, and why."""

    why: str

    def __str__(self) -> str:
        return "unknown"


Amount = int | Unknown


def total(amounts: Iterable[Amount]) -> Amount:
    """The sum; unknown where an amount is, for the first reason."""
    known = 0
    for amount in amounts:
        if isinstance(amount, Unknown):
            return amount
        known += amount
    return known
