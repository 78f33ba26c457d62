"""Mutants that an author says are right answers too: `course/NN/equivalent.toml`.

[[equivalent]]
check = "conv1d"
was = "the line as it stands in the answer"
becomes = "the line as the mutant has it"
reason = "why no input tells them apart"
"""

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.authoring.audit.audited import AuditError
from autograder.authoring.audit.mutating import Mutant

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
