"""Wrong answers of a class that no misconception explains, grouped by what they are.

A large group is a misconception that has no name yet. Numbers are compared up to rounding, so
that a mistake is one group in whatever style, width or order of summation it is written.
"""

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from autograder.changes import Results, ResultsError
from autograder.likeness import apart

RTOL = 1e-4
SHOWN = 8
"""Numbers of an answer that are written out."""


@dataclass(frozen=True)
class Cluster:
    """Students who gave the same wrong answer to the same case.

    Args:
        answer: its shape and first numbers, or what was raised.
        complaint: what one of them was told.
    """

    check: str
    case: str
    part: str
    answer: str
    complaint: str
    students: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class _Wrong:
    """One student's wrong answer."""

    student: str
    complaint: str
    key: tuple[str, ...]
    numbers: Any

    def like(self, other: "_Wrong") -> bool:
        return self.key == other.key and apart(self.numbers, other.numbers) <= RTOL


def clusters(results: Results, check: str = "") -> list[Cluster]:
    """The groups of all checks or of one, the most frequent first.

    Raises:
        ResultsError: there is no such check, or what the results say of an answer is damaged.
    """
    names = dict.fromkeys(v["check"] for one in results.values() for v in one["verdicts"])
    if check and check not in names:
        raise ResultsError(f"no result has a check {check!r}; expected one of {', '.join(names)}")
    groups: list[list[_Wrong]] = []
    for wrong in _wrong(results, check):
        own = next((group for group in groups if group[0].like(wrong)), None)
        if own:
            own.append(wrong)
        else:
            groups.append([wrong])
    # Sorting keeps the order of those that are as frequent.
    return [_cluster(group) for group in sorted(groups, key=len, reverse=True)]


def _wrong(results: Results, check: str) -> Iterator[_Wrong]:
    for student, result in results.items():
        for verdict in result["verdicts"]:
            if verdict.get("evidence") and check in ("", verdict["check"]):
                try:
                    yield _read(student, verdict)
                except (KeyError, TypeError, ValueError, AttributeError):
                    line = f"the evidence of {student} on {verdict['check']} is damaged"
                    raise ResultsError(f"{line}; grade again") from None


def _read(student: str, verdict: Mapping[str, Any]) -> _Wrong:
    told = verdict["evidence"]
    about = [verdict["check"], *(told[name] for name in ("case", "part", "outcome"))]
    what = [told.get(name, "") for name in ("shape", "type", "message")]
    numbers = np.array([float(number) for number in told.get("numbers", ())])
    return _Wrong(student, verdict["message"], tuple(map(str, (*about, *what))), numbers)


def _cluster(group: list[_Wrong]) -> Cluster:
    first = group[0]
    check, case, part, outcome, shape, kind, message = first.key
    numbers = ", ".join(f"{number:.6g}" for number in first.numbers[:SHOWN])
    more = ", …" if len(first.numbers) > SHOWN else ""
    answer = f"{shape}: {numbers}{more}" if numbers else shape
    if outcome != "returned":
        answer = ": ".join(filter(None, (outcome, kind, message)))
    complaint = first.complaint.removeprefix(f"{case}: ")
    return Cluster(check, case, part, answer, complaint, tuple(one.student for one in group))
