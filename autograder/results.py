"""What grading says: a `Verdict` on each check, a `Result` for each submission."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.isolation import Isolation
from autograder.protocol import Array, Value


class VerdictKind(StrEnum):
    """How a check ended. Only `UNGRADED` is our own fault, and it is never a zero."""

    PASSED = "passed"
    PARTIAL = "partial"  # some of its parts are right
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    ERROR = "error"
    FORBIDDEN = "forbidden"
    TIMEOUT = "timeout"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    UNGRADED = "ungraded"


class Lost(Exception):
    """A submission's process is gone by its own doing; the message goes on after its name.

    Args:
        starved: whether it only waited, so that the machine may be to blame.
    """

    def __init__(self, kind: VerdictKind, message: str, starved: bool = False) -> None:
        super().__init__(message)
        self.kind = kind
        self.starved = starved


@dataclass(frozen=True)
class Difference:
    """A public case that went wrong, with all that a picture of it needs."""

    call: str  # "conv2d(x, kernel)"
    inputs: dict[str, Value]
    observed: Value
    expected: Value
    factors: Mapping[str, Array] = field(default_factory=dict)  # see `autograder.terms`


@dataclass(frozen=True)
class Part:
    """The outcome of one part of a check that has parts with points of their own."""

    name: str
    kind: VerdictKind
    score: float
    max_score: float
    message: str = ""

    def as_json(self) -> dict[str, Any]:
        return {
            "part": self.name,
            "verdict": str(self.kind),
            "score": self.score,
            "max_score": self.max_score,
            "message": self.message,
        }


@dataclass(frozen=True)
class Verdict:
    """The outcome of one check of one submission."""

    check: str
    kind: VerdictKind
    score: float
    max_score: float
    message: str = ""  # one line or a few, for the student; nothing of a hidden case's values
    hint: str = ""
    seconds: float = 0.0
    difference: Difference | None = None
    parts: tuple[Part, ...] = ()
    misconception: str = ""  # the name of the one that the wrong answer equals
    evidence: Mapping[str, Any] = field(default_factory=dict)  # the wrong answer; see `clusters`

    @property
    def passed(self) -> bool:
        return self.kind is VerdictKind.PASSED

    def explained(self, kind: VerdictKind, message: str) -> "Verdict":
        """The same for another reason, as when a cell failed that should have defined a name."""
        parts = tuple(replace(part, kind=kind, message=message) for part in self.parts)
        return replace(self, kind=kind, message=message, parts=parts)

    def as_json(self) -> dict[str, Any]:
        return {
            "check": self.check,
            "verdict": str(self.kind),
            "score": self.score,
            "max_score": self.max_score,
            "message": self.message,
            "hint": self.hint,
            "parts": [part.as_json() for part in self.parts],
            "misconception": self.misconception,
            "evidence": dict(self.evidence),
        }


@dataclass(frozen=True)
class Result:
    """All verdicts on one submission.

    Args:
        repairs: what had to be mended in it, one line each.
        isolation: how its code was kept in.
        fingerprints: hashes of the submission, the checks and the environment.
        environment: what it ran in: versions, backend, device, machine.
        by_hand: the points that an instructor gives besides; they are in no score here.
    """

    student: str
    assignment: str
    verdicts: tuple[Verdict, ...]
    repairs: tuple[str, ...] = ()
    device: str = "CPU"
    backend: str = "numpy"
    isolation: str = ""
    seconds: float = 0.0
    fingerprints: Mapping[str, str] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    by_hand: float = 0.0

    @property
    def score(self) -> float:
        return sum(verdict.score for verdict in self.verdicts)

    @property
    def max_score(self) -> float:
        return sum(verdict.max_score for verdict in self.verdicts)

    @property
    def graded(self) -> bool:
        """Whether every check has a verdict that is the submission's own doing."""
        return all(verdict.kind is not VerdictKind.UNGRADED for verdict in self.verdicts)

    def as_json(self) -> dict[str, Any]:
        return {
            "student": self.student,
            "assignment": self.assignment,
            "score": self.score,
            "max_score": self.max_score,
            "by_hand": self.by_hand,
            "repairs": list(self.repairs),
            "device": self.device,
            "backend": self.backend,
            "isolation": self.isolation,
            "fingerprints": dict(self.fingerprints),
            "environment": dict(self.environment),
            "verdicts": [verdict.as_json() for verdict in self.verdicts],
        }


@dataclass(frozen=True)
class Report:
    """What a run did.

    Args:
        problems: what could not be written, one line each.
        pages: where the class page is.
        known: how many results came from the journal, with nothing graded.
        notes: what was found damaged in the journal, one line each.
    """

    results: Sequence[Result]
    problems: Sequence[str]
    seconds: float
    isolation: Isolation
    pages: Path | None = None
    known: int = 0
    notes: Sequence[str] = ()

    @property
    def graded(self) -> bool:
        """Whether every submission was graded and every result written."""
        return not self.problems and all(result.graded for result in self.results)
