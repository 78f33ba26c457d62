"""Who handed in what: one `Submission` per student, whatever the layout."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from autograder.submission.errors import SubmissionError, Unreadable, one_line
from autograder.submission.files import MAX_BYTES, Source
from autograder.submission.layouts import (
    Layout,
    Owner,
    layout_of,
    may_hold_notebooks,
    without_wrapper,
)
from autograder.submission.listing import Entry, list_entries
from autograder.submission.students import student_ids

_SHOWN = 3  # names in a message, and files in the notes


@dataclass(frozen=True)
class Submission:
    """What one student handed in for one assignment. It can be pickled.

    Args:
        student: the id, usable as a folder's name and in nbgrader's database.
        path: where the notebook lies below the folder or zip that was searched; one line, for
            display.
        problem: why there is nothing to read, one line, or None.
        notes: what the instructor and the student should know, such as "handed in late".
    """

    student: str
    assignment: str
    path: str
    problem: str | None = None
    notes: tuple[str, ...] = ()
    source: Source | None = field(default=None, repr=False)

    def read_bytes(self, limit: int = MAX_BYTES) -> bytes:
        """The notebook's bytes.

        Raises:
            Unreadable: there is none, it is not a regular file, or it is larger than `limit`.
        """
        if self.problem is not None or self.source is None:
            raise Unreadable(self.problem or f"{self.path} has no notebook; hand one in")
        return self.source.read(self.path, limit)


def find(source: Path, assignment: str) -> list[Submission]:
    """The submissions in a folder or zip, one per student, sorted by student.

    A folder has nbgrader's `STUDENT/ASSIGNMENT/*.ipynb`, or `STUDENT.ipynb`, or is what Moodle or
    Canvas export, unzipped; a zip has the same. Hidden files are skipped. Of several attempts the
    newest counts, in nbgrader's layout `ASSIGNMENT.ipynb` before any other. A student whose
    notebook cannot be read is listed with a problem; one who handed in others only is not listed.

    Raises:
        SubmissionError: there are none; the line says what was looked for and what was found.
    """
    entries = list_entries(source, lambda parts: may_hold_notebooks(parts, assignment))
    if not source.is_dir():
        entries = without_wrapper(entries, assignment)
    layout = layout_of(entries, assignment)
    belongings: dict[str, list[tuple[Owner, Entry]]] = {}
    for entry in entries:
        if owner := layout.owner(entry):
            belongings.setdefault(owner.name, []).append((owner, entry))
    if not belongings:
        raise SubmissionError(_nothing_found(source, assignment, entries))
    ids = student_ids(belongings)
    found = [
        _choose(ids[name], layout, owned)
        for name, owned in belongings.items()
        if not _handed_in_others_only(layout, owned)
    ]
    return sorted(found, key=lambda submission: submission.student)


def _handed_in_others_only(layout: Layout, owned: Sequence[tuple[Owner, Entry]]) -> bool:
    """Whether a student's folder has nothing to do with the assignment: no submission, no zero."""
    return owned[0][0].named and not any(
        entry.parts[1:2] == (layout.assignment,)
        or (len(entry.parts) <= 2 and (entry.is_notebook or entry.trouble))
        for _, entry in owned
    )


def _choose(student: str, layout: Layout, owned: Sequence[tuple[Owner, Entry]]) -> Submission:
    """The newest attempt of one student, or what is wrong."""
    attempts = [pair for pair in owned if layout.counts(pair[1], pair[0]) and not pair[1].trouble]
    if not attempts:
        return _problem(student, layout, owned)
    troubled = [entry for owner, entry in owned if _matters(entry, owner, layout)]
    notes = [f"{entry.path} was left out: it {entry.trouble}" for entry in troubled[:_SHOWN]]
    owner, entry = max(attempts, key=lambda pair: _age(pair[0], pair[1], layout.assignment))
    if len(attempts) > 1:
        named = owner.named and _is_named(entry, layout.assignment)
        why = f"of {len(attempts)}" if named else f"the newest of {len(attempts)} attempts"
        notes.insert(0, f"{one_line(entry.name)} counts, {why}")
    if owner.late:
        notes.append("handed in late")
    return Submission(student, layout.assignment, entry.path, None, tuple(notes), entry.source)


def _age(owner: Owner, entry: Entry, assignment: str) -> tuple[object, ...]:
    """Grows from the oldest attempt to the newest; never equal for two files."""
    named = _is_named(entry, assignment)
    return (owner.attempt, owner.named and named, entry.modified, named, entry.parts)


def _is_named(entry: Entry, assignment: str) -> bool:
    return entry.name == f"{assignment}.ipynb"


def _matters(entry: Entry, owner: Owner, layout: Layout) -> bool:
    """Whether trouble with an entry may be why there is no notebook."""
    on_the_way = entry.parts in ((owner.place,), (owner.place, layout.assignment))
    return bool(entry.trouble) and (entry.is_notebook or on_the_way)


def _problem(student: str, layout: Layout, owned: Sequence[tuple[Owner, Entry]]) -> Submission:
    """A student of whom there is nothing to read."""
    owner = owned[0][0]
    troubled = [entry for own, entry in owned if _matters(entry, own, layout)]
    if troubled:
        path, trouble = troubled[0].path, troubled[0].trouble
    else:
        path, trouble = one_line(owner.place), _lack(owner, [e for _, e in owned], layout)
    return Submission(student, layout.assignment, path, f"{path} {trouble}")


def _lack(owner: Owner, entries: Sequence[Entry], layout: Layout) -> str:
    """What a student's place has instead of a notebook; goes on after its name."""
    if any(entry.parts == (owner.place,) and not entry.is_folder for entry in entries):
        return "is not a notebook: hand in the .ipynb file itself"
    home = (owner.place, layout.assignment)
    if not owner.named or any(entry.parts == home for entry in entries):
        names = [entry.name for entry in entries if not entry.is_folder]
        return f"has no notebook ({_has(names)}): hand in the .ipynb file itself"
    names = [entry.name for entry in entries if len(entry.parts) == 2]
    return f"has no folder {layout.assignment} ({_has(names)}): hand in the notebook in one"


def _has(names: Sequence[str]) -> str:
    return f"it has {_first(names)}" if names else "it is empty"


def _nothing_found(source: Path, assignment: str, entries: Iterable[Entry]) -> str:
    tops = dict.fromkeys(
        f"{e.parts[0]}/" if e.is_folder else e.parts[0] for e in entries if len(e.parts) == 1
    )
    found = f"found {_first(list(tops))}" if tops else "it is empty"
    return (
        f"{source} has no submissions: looked for STUDENT/{assignment}/*.ipynb, STUDENT.ipynb and "
        f"the names that Moodle and Canvas give; {found}"
    )


def _first(names: Sequence[str]) -> str:
    shown = ", ".join(one_line(name, 40) for name in names[:_SHOWN])
    more = len(names) - _SHOWN
    return f"{shown} and {more} more" if more > 0 else shown
