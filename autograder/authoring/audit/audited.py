"""What an audit found of one check."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from autograder.files import write_whole


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


def write_json(path: Path, audited: Sequence[Audited]) -> None:
    """Write what was found as one JSON list.

    Raises:
        AuditError: the file cannot be written.
    """
    text = json.dumps([one.as_json() for one in audited], indent=1, ensure_ascii=False)
    try:
        write_whole(path, text.encode() + b"\n")
    except OSError as error:
        line = f"{path} could not be written: {error.strerror}; name another --json"
        raise AuditError(line) from None
