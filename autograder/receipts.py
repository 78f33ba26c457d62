"""A receipt for each result: what was handed in, what it was held against and what came of it.

A student may keep it. It has the verdicts as they were told, and hashes; nothing of a hidden case.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.files import below, write_whole
from autograder.results import Result

MAX_BYTES = 4 << 20


class ReceiptError(Exception):
    """A file that is no receipt, in one line."""


@dataclass(frozen=True)
class Receipt:
    """What a result was.

    Args:
        fingerprints: hashes of the submission, the checks and the environment.
        environment: versions, backend, device, machine.
        verdicts: each check's name, verdict and score.
        by_hand: the points that an instructor gives besides.
    """

    student: str
    assignment: str
    score: float
    max_score: float
    by_hand: float
    fingerprints: Mapping[str, str]
    environment: Mapping[str, str]
    verdicts: tuple[tuple[str, str, float], ...]


def receipt(result: Result) -> Receipt:
    """The receipt for a result."""
    return Receipt(
        result.student,
        result.assignment,
        result.score,
        result.max_score,
        result.by_hand,
        result.fingerprints,
        result.environment,
        tuple((one.check, str(one.kind), one.score) for one in result.verdicts),
    )


def write_receipt(out: Path, result: Result) -> Path:
    """Write a result's receipt below an output folder; returns where.

    Raises:
        ValueError: the student or the assignment is no name of a file.
        OSError: it cannot be written.
    """
    path = below(out / "receipts", result.assignment, f"{result.student}.json")
    text = json.dumps(_as_json(receipt(result)), indent=1, ensure_ascii=False)
    write_whole(path, text.encode() + b"\n")
    return path


def read_receipt(path: Path) -> Receipt:
    """Read a receipt.

    Raises:
        ReceiptError: it cannot be read, or is none.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise ReceiptError(f"{path} is too large for a receipt; name receipts/…/STUDENT.json")
        return _from_json(json.loads(path.read_text(encoding="utf-8")))
    except OSError as error:
        raise ReceiptError(f"{path} cannot be read: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError):
        line = f"{path} is no receipt; name a file below receipts/ in a run's output folder"
        raise ReceiptError(line) from None


def _as_json(one: Receipt) -> dict[str, Any]:
    verdicts = [{"check": c, "verdict": kind, "score": score} for c, kind, score in one.verdicts]
    return {**vars(one), "verdicts": verdicts}


def _from_json(value: dict[str, Any]) -> Receipt:
    verdicts = tuple(
        (str(one["check"]), str(one["verdict"]), float(one["score"]))
        for one in value.pop("verdicts")
    )
    hashes, environment = dict(value.pop("fingerprints")), dict(value.pop("environment"))
    found = Receipt(**value, fingerprints=hashes, environment=environment, verdicts=verdicts)
    if not isinstance(found.student, str) or not isinstance(found.assignment, str):
        raise TypeError
    return found
