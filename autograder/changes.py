"""Whose grade changes between two runs, before a mended check is published."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class ResultsError(Exception):
    """A file that holds no results, in one line."""


@dataclass(frozen=True)
class Points:
    """A score, and the most that there is to earn."""

    score: float
    most: float

    def __str__(self) -> str:
        return f"{self.score:g} of {self.most:g}"


@dataclass(frozen=True)
class Change:
    """What changes for one student.

    Args:
        before, after: the points; None where there is no result.
        checks: a line for each check whose verdict or points change.
    """

    student: str
    before: Points | None
    after: Points | None
    checks: tuple[str, ...]

    @property
    def gained(self) -> float:
        """How many points more it is than the same share of the maximum was; less than 0 where
        some are lost. Who has all points gains nothing by there being more of them.
        """
        before, after = (one or Points(0.0, 0.0) for one in (self.before, self.after))
        scale = after.most / before.most if before.most and after.most else 1.0
        return round(after.score - before.score * scale, 2)

    @property
    def rescaled(self) -> bool:
        """Whether there is more or less to earn than before."""
        return bool(self.before and self.after and self.before.most != self.after.most)


Results = Mapping[str, Mapping[str, Any]]


def read_results(path: Path) -> Results:
    """The results that `autograder grade --json` wrote, by student.

    Raises:
        ResultsError: the file cannot be read or holds something else.
    """
    try:
        results = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(results, list):
            raise TypeError
        found = {str(one["student"]): one for one in results}
        for one in found.values():
            _points(one), str(one["assignment"]), list(_verdicts(one))
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        line = f"{path} holds no results; name a file that autograder grade --json wrote"
        raise ResultsError(line) from None
    return found


def changes(old: Results, new: Results) -> list[Change]:
    """The students whose points, maximum or verdicts differ, those who lose most first.

    Raises:
        ResultsError: they are of different assignments.
    """
    named = {str(one["assignment"]) for one in (*old.values(), *new.values())}
    if len(named) > 1:
        raise ResultsError(f"the results are of {' and '.join(sorted(named))}; expected one")
    students = sorted(old.keys() | new.keys())
    found = [_change(student, old.get(student), new.get(student)) for student in students]
    return sorted((one for one in found if one), key=lambda one: one.gained)


def _change(
    student: str, old: Mapping[str, Any] | None, new: Mapping[str, Any] | None
) -> Change | None:
    before, after = (None if one is None else _points(one) for one in (old, new))
    lines = tuple(_lines(dict(_verdicts(old)), dict(_verdicts(new))))
    if before == after and not lines:
        return None
    return Change(student, before, after, lines)


def _points(one: Mapping[str, Any]) -> Points:
    return Points(float(one["score"]), float(one["max_score"]))


def _verdicts(result: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for one in result["verdicts"] if result else ():
        yield str(one["check"]), f"{one['verdict']} ({_points(one)})"


def _lines(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for check in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(check, "not asked"), new.get(check, "not asked")
        if was != now:
            yield f"{check}: {was} → {now}"
