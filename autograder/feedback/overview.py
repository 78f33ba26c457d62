"""A class at a glance: who scored what, and how each check went."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import mean, median

from autograder.results import Result, Verdict, VerdictKind

MOST_MISTAKES = 20
"""Rows of the table of misconceptions."""


@dataclass(frozen=True)
class Column:
    """One check over the class. Rates and times are None where nobody was judged."""

    check: str
    max_score: float
    passed: int
    judged: int
    seconds: float | None

    @property
    def rate(self) -> float | None:
        """The part of those judged who passed."""
        return self.passed / self.judged if self.judged else None


@dataclass(frozen=True)
class Row:
    """One student: a verdict for each column, or None where the check was not asked."""

    result: Result
    verdicts: tuple[Verdict | None, ...]


@dataclass(frozen=True)
class Mistake:
    """A misconception that some students of the class have."""

    check: str
    name: str
    students: int


@dataclass(frozen=True)
class Overview:
    """The class as a table; students with something ungraded come first."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, results: Sequence[Result]) -> "Overview":
        """The table of some results."""
        # A dict keeps the order in which checks were asked.
        names = list(dict.fromkeys(v.check for result in results for v in result.verdicts))
        ordered = sorted(results, key=lambda result: (result.graded, result.student))
        rows = [_row(result, names) for result in ordered]
        columns = [_column(name, [row.verdicts[i] for row in rows]) for i, name in enumerate(names)]
        return cls(tuple(columns), tuple(rows))

    @property
    def ungraded(self) -> list[Result]:
        """The results that lack a verdict through no fault of the submission."""
        return [row.result for row in self.rows if not row.result.graded]

    @property
    def scores(self) -> list[float]:
        """The scores of those graded."""
        return [row.result.score for row in self.rows if row.result.graded]

    @property
    def max_score(self) -> float:
        return sum(column.max_score for column in self.columns)

    @property
    def by_hand(self) -> float:
        """The points that an instructor gives each student besides."""
        return max((row.result.by_hand for row in self.rows), default=0.0)

    @property
    def mean(self) -> float | None:
        return mean(self.scores) if self.scores else None

    @property
    def median(self) -> float | None:
        return median(self.scores) if self.scores else None

    @property
    def mistakes(self) -> list[Mistake]:
        """The misconceptions that were recognised most often, the most frequent first."""
        seen = Counter(
            (verdict.check, verdict.misconception)
            for row in self.rows
            for verdict in row.verdicts
            if verdict and verdict.misconception
        )
        return [Mistake(*place, count) for place, count in seen.most_common(MOST_MISTAKES)]

    @property
    def kinds(self) -> list[VerdictKind]:
        """The kinds of verdict that occur, for a legend."""
        seen = {verdict.kind for row in self.rows for verdict in row.verdicts if verdict}
        return [kind for kind in VerdictKind if kind in seen]

    @property
    def settings(self) -> list[str]:
        """How the submissions were run; more than one line where not all ran alike."""
        return sorted({settings(row.result) for row in self.rows})


def settings(result: Result) -> str:
    """How a submission was run, in one line."""
    isolation = f"isolation: {result.isolation}" if result.isolation else ""
    parts = (isolation, f"device: {result.device}", f"backend: {result.backend}")
    return " · ".join(part for part in parts if part)


def _row(result: Result, names: Sequence[str]) -> Row:
    verdicts = {verdict.check: verdict for verdict in result.verdicts}
    return Row(result, tuple(verdicts.get(name) for name in names))


def _column(name: str, verdicts: Sequence[Verdict | None]) -> Column:
    asked = list(_asked(verdicts))
    judged = [v for v in asked if v.kind is not VerdictKind.UNGRADED]
    # Who wrote nothing took no time.
    timed = [v.seconds for v in judged if v.kind is not VerdictKind.NOT_ATTEMPTED]
    return Column(
        name,
        max(verdict.max_score for verdict in asked),
        sum(verdict.kind is VerdictKind.PASSED for verdict in judged),
        len(judged),
        median(timed) if timed else None,
    )


def _asked(verdicts: Sequence[Verdict | None]) -> Iterator[Verdict]:
    return (verdict for verdict in verdicts if verdict is not None)
