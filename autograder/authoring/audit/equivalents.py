"""Mutants that an author says are right answers too: `course/NN/equivalent.toml`, and the proof.

[[equivalent]]
check = "conv1d"
was = "the line as it stands in the answer"
becomes = "the line as the mutant has it"
reason = "why no input tells them apart"
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.asking import ask
from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.bench import PATIENT, Bench, Program, alike, answers
from autograder.authoring.audit.mutating import Mutant
from autograder.checks import Check
from autograder.kinds import KINDS
from autograder.protocol import Value
from autograder.questions import Question

CASES = 1000
SEED = b"further cases"

COSTLY = ("gradients", "config", "saving")
"""Parts that follow from the others where two answers agree, and that take long."""

KEYS = {"check", "was", "becomes", "reason"}

Changes = set[tuple[str, str]]


def read_equivalents(path: Path, mutants: Mapping[str, Sequence[Mutant]]) -> dict[str, Changes]:
    """What is listed of each check; a file that is not there lists nothing.

    Raises:
        AuditError: the file cannot be read, or names what is no mutant.
    """
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        listed = list(entries.get("equivalent", []))
    except (OSError, ValueError) as error:
        raise AuditError(f"{path} cannot be read: {error}") from None
    found: dict[str, Changes] = {}
    for entry in listed:
        if not isinstance(entry, dict) or entry.keys() != KEYS or not all(entry.values()):
            raise AuditError(f"{path}: an entry must state {', '.join(sorted(KEYS))}, and no more")
        check, change = entry["check"], (entry["was"], entry["becomes"])
        if change not in {mutant.change for mutant in mutants.get(check, ())}:
            line = f"{check} has no mutant {change[0]!r} → {change[1]!r}"
            raise AuditError(f"{path}: {line}; take the entry out")
        found.setdefault(check, set()).add(change)
    return found


def further(check: Check, assignment: str) -> Question:
    """The check with a thousand cases that nothing else is asked."""
    points = check.points
    if isinstance(points, Mapping):
        points = {part: one for part, one in points.items() if part not in COSTLY}
    cases = replace(check, points=points, examples=(), public=0, hidden=CASES)
    return ask(replace(cases, reference=_nothing), assignment, SEED)


def _nothing(*_: Value, **__: Value) -> float:
    """What stands in for the reference: answers are compared with one another."""
    return 0.0


def agreeing(
    question: Question, bench: Bench, answer: Program, programs: Sequence[Program]
) -> list[bool]:
    """Whether each program answers every further case as the right one does."""
    right = _answers(question, bench, answer)
    return [_alike(question, right, _answers(question, bench, one)) for one in programs]


def _answers(question: Question, bench: Bench, program: Program) -> list[object]:
    if bench.load(program, PATIENT):
        return []
    return answers(question, question.trials, bench.putting())


def _alike(question: Question, right: Sequence[object], own: Sequence[object]) -> bool:
    parts = list(question.parts)
    return len(right) == len(own) and all(
        alike(one, other, parts) for one, other in zip(right, own, strict=True)
    )


def can_be_proved(check: Check) -> bool:
    """Whether a thousand answers can be waited for: a thousand trainings cannot."""
    return KINDS[check.kind].REPEATS
