"""Grades as CSV (RFC 4180) that a spreadsheet may open: nothing in it is a formula.

A spreadsheet takes text that begins like a formula for one, and some formulas run programs or send
what stands beside them elsewhere. Students choose names, so such text gets an apostrophe before it.
Texts stand in quotation marks, whatever a spreadsheet takes for the end of a cell; numbers do not.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from autograder.files import write_report
from autograder.results import Result, VerdictKind

Cell = str | float | None
"""Text, a number, or nothing."""

FORMULA = re.compile(r"[\s\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
"""How a formula begins; the wide signs are those of East Asian keyboards."""

UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def write_csv(path: Path, results: Sequence[Result]) -> None:
    """Write one row a student: the points of each check, their sum, the maximum and notes.

    What is ungraded is empty, and so is its sum: it is no zero. The file begins with a byte order
    mark, without which Excel takes it for another encoding than UTF-8.

    Raises:
        OutputError: the file cannot be written.
    """
    write_report(path, table(_rows(results)).encode("utf-8-sig"), "--csv")


def table(rows: Iterable[Sequence[Cell]]) -> str:
    """Rows as CSV, their texts made harmless."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows(
        [defused(cell) if isinstance(cell, str) else cell for cell in row] for row in rows
    )
    return file.getvalue()


def defused(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    clean = UNSEEN.sub("", text.encode("utf-8", "replace").decode())
    return f"'{clean}" if FORMULA.match(clean) else clean


def _rows(results: Sequence[Result]) -> Iterable[list[Cell]]:
    checks = dict.fromkeys(one.check for result in results for one in result.verdicts)
    yield ["student", *checks, "total", "maximum", "notes"]
    for result in results:
        points = {one.check: _short(one.score) for one in result.verdicts if _graded(one.kind)}
        total = _short(result.score) if result.graded else None
        more = [f"{result.by_hand:g} points more are given by hand"] if result.by_hand else []
        notes = "; ".join((*_ungraded(result), *more, *result.repairs))
        yield [result.student, *map(points.get, checks), total, _short(result.max_score), notes]


def _short(points: float) -> float:
    """Without a decimal point where it needs none."""
    return int(points) if points == int(points) else points


def _ungraded(result: Result) -> list[str]:
    names = [one.check for one in result.verdicts if not _graded(one.kind)]
    return [f"not graded yet: {', '.join(names)}"] if names else []


def _graded(kind: VerdictKind) -> bool:
    return kind is not VerdictKind.UNGRADED
