"""What has been graded, kept as soon as it is known, so that no run begins from nothing.

with Lines(journal_of(out, "01_convolution")) as lines:
    journal = Journal(lines, exam, environment)
    kept = journal.recall(paper)
    journal.keep(paper, graded)
"""

import threading
from collections.abc import Mapping
from pathlib import Path

from autograder.fingerprints import fingerprint
from autograder.grade import Exam, Graded, Paper
from autograder.journal import entries
from autograder.journal.entries import Kept
from autograder.journal.keys import Keys
from autograder.journal.lines import Lines
from autograder.protocol import ProtocolError
from autograder.results import VerdictKind

__all__ = ["Journal", "Kept", "Lines", "journal_of"]


def journal_of(out: Path, assignment: str) -> Path:
    """Where an assignment's journal lies below an output folder."""
    return out / "journal" / f"{assignment}.journal"


class Journal:
    """The verdicts of one assignment, for several threads at a time.

    Args:
        lines: the file that they are kept in.
        environment: what submissions run in.
        seed: what bundled data sets are transformed under.

    Attributes:
        students: those of whom something has been recalled or kept.
    """

    def __init__(
        self, lines: Lines, exam: Exam, environment: Mapping[str, str], seed: bytes = b""
    ) -> None:
        self.environment = environment
        self.students: set[str] = set()
        self._lines = lines
        self._keys = Keys(exam, [environment, fingerprint(seed)])
        self._turn = threading.Lock()
        self._verdicts: dict[tuple[str, str], int] = {}
        self._outputs: dict[tuple[str, str], int] = {}
        for place, entry in lines.entries():
            self._note(place, entry["student"], entry["ran"], entry["keys"])

    def recall(self, paper: Paper) -> Kept:
        """What is known of a submission under this exam, in these circumstances."""
        if paper.rebuilt is None:
            return Kept()
        student = paper.submission.student
        ran, keys = self._keys.of(paper.rebuilt)
        with self._turn:
            place = self._outputs.get((student, ran))
            found = {check: self._verdicts.get((student, key)) for check, key in keys.items()}
        if place is None:
            return Kept()
        self.students.add(student)
        read = {one: self._lines.read(one) for one in {place, *found.values()} if one is not None}
        verdicts = {
            check: entries.verdict(read[one], check) for check, one in found.items() if one in read
        }
        return Kept(verdicts, entries.outputs(read[place]), read[place]["seconds"])

    def keep(self, paper: Paper, graded: Graded) -> None:
        """Keep what was judged now; what was left ungraded is judged again another time.

        Raises:
            OutputError: it cannot be written.
        """
        judged = {
            one.check
            for one in graded.result.verdicts
            if one.check in graded.judged and one.kind is not VerdictKind.UNGRADED
        }
        if paper.rebuilt is None or not judged:
            return
        student = paper.submission.student
        ran, keys = self._keys.of(paper.rebuilt)
        keys = {check: keys[check] for check in judged}
        try:
            told = entries.packed(graded, judged)
        except ProtocolError:  # what a stranger answered may be odd; then it is graded again
            return
        place = self._lines.append({"student": student, "ran": ran, "keys": keys, **told})
        with self._turn:
            self._note(place, student, ran, keys)
        self.students.add(student)

    def _note(self, place: int, student: str, ran: str, keys: Mapping[str, str]) -> None:
        """Remember where something stands; what stands later counts."""
        self._outputs[student, ran] = place
        for key in keys.values():
            self._verdicts[student, key] = place
