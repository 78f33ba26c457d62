"""Whose grade changes between two runs, before a mended check is published."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any


class ResultsError(Exception):
    """A file that holds no results, in one line."""


@dataclass(frozen=True)
class Change:
    """What changes for one student.

    Args:
        before, after: the scores; None where there is no result.
        checks: a line for each check whose verdict or score changes.
    """

    student: str
    before: float | None
    after: float | None
    checks: tuple[str, ...]

    @property
    def gained(self) -> float:
        """How many points more it is; less than 0 where some are lost."""
        return round((self.after or 0.0) - (self.before or 0.0), 2)


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
            float(one["score"]), str(one["assignment"]), list(_verdicts(one))
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        line = f"{path} holds no results; name a file that autograder grade --json wrote"
        raise ResultsError(line) from None
    return found


def changes(old: Results, new: Results) -> list[Change]:
    """The students whose score or verdicts differ, those who lose most first.

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
    before = None if old is None else float(old["score"])
    after = None if new is None else float(new["score"])
    lines = tuple(_lines(dict(_verdicts(old)), dict(_verdicts(new))))
    if before == after and not lines:
        return None
    return Change(student, before, after, lines)


def _verdicts(result: Mapping[str, Any] | None) -> Iterator[tuple[str, str]]:
    for one in result["verdicts"] if result else ():
        yield str(one["check"]), f"{one['verdict']} ({float(one['score']):g})"


def _lines(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for check in [*old, *(name for name in new if name not in old)]:
        was, now = old.get(check, "not asked"), new.get(check, "not asked")
        if was != now:
            yield f"{check}: {was} → {now}"
