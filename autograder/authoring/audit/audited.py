"""What an audit found of one check."""

from dataclasses import asdict, dataclass
from typing import Any


class AuditError(Exception):
    """An assignment that cannot be audited, in one line with what to do."""


@dataclass(frozen=True)
class Audited:
    """How well a check tells right answers from wrong ones.

    Args:
        mutants: how many there were; `killed` of them fail, `equivalent` ones agree with the answer
            and are listed with a reason.
        survivors: what was changed in each of the others, as a diff.
        misconceptions: how many are named; `undistinguished` says which pass, or pass for others.
        right_answers: how many there are, the notebook's own among them.
        per_second: mutants judged in a second.
    """

    assignment: str
    check: str
    backends: tuple[str, ...]
    mutants: int
    killed: int
    equivalent: int
    survivors: tuple[str, ...]
    misconceptions: int
    undistinguished: tuple[str, ...]
    right_answers: int
    failed_right_answers: tuple[str, ...]
    per_second: float

    @property
    def sound(self) -> bool:
        """Whether nothing wrong passes and nothing right fails."""
        return not (self.survivors or self.undistinguished or self.failed_right_answers)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)
