"""Who an entry belongs to, by where it lies: nbgrader's folders, a flat folder, Moodle, Canvas.

The parts of a name that a student can choose come last in all of them, and are not looked at.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from autograder.submission.listing import Entry

# "Full Name_12345_assignsubmission_file_/notebook.ipynb"; newer versions leave out the last "_".
_MOODLE_FOLDER = re.compile(r"(.+)_(\d+)_assignsubmission_[a-z]+_?", re.DOTALL)
# "Full Name_12345_assignsubmission_file_notebook.ipynb"; the file's name may try the same again.
_MOODLE_FILE = re.compile(r"(.+?)_(\d+)_assignsubmission_[a-z]+_.+", re.DOTALL)
# "lastfirst_LATE_123_456_notebook-1.ipynb": user, then file or submission, each growing with time.
_CANVAS = re.compile(r"(.+?)_(LATE_)?(\d{1,18})_(\d{1,18})_(.+)", re.DOTALL)
_REUPLOAD = re.compile(r"-(\d{1,4})\.[^.]+$")

_DEEPEST = 8


@dataclass(frozen=True)
class Owner:
    """Whose an entry is.

    Args:
        name: the student, not yet made safe as an id.
        place: the folder or file that says so.
        attempt: Canvas's numbers, which grow with every attempt.
        late: whether the export marks it so.
        named: whether the notebook must lie in ASSIGNMENT/ and one of the same name is preferred.
    """

    name: str
    place: str
    attempt: tuple[int, ...] = ()
    late: bool = False
    named: bool = False


@dataclass(frozen=True)
class Layout:
    """How a listing is to be understood.

    Args:
        student_folders: whether folders other than Moodle's are students', as nbgrader has them.
        canvas: whether names such as Canvas gives count; a flat folder may have a few by chance.
    """

    assignment: str
    student_folders: bool
    canvas: bool

    def owner(self, entry: Entry) -> Owner | None:
        """Whose the entry is, or None for one that is nobody's."""
        top, is_top = entry.parts[0], len(entry.parts) == 1
        if entry.escapes:
            return Owner("/".join(entry.parts), entry.path) if entry.is_notebook else None
        if not is_top or entry.is_folder:
            if match := _MOODLE_FOLDER.fullmatch(top):
                return Owner(f"{match[1]}_{match[2]}", top)
            return Owner(top, top, named=True) if self.student_folders else None
        if match := _MOODLE_FILE.fullmatch(top):
            return Owner(f"{match[1]}_{match[2]}", top)
        if self.canvas and (match := _CANVAS.fullmatch(top)):
            upload = _REUPLOAD.search(match[5])
            attempt = (int(match[4]), int(upload[1]) if upload else 0)
            return Owner(f"{match[1]}_{match[3]}", top, attempt, late=bool(match[2]))
        if entry.is_notebook:
            return Owner(entry.name[: -len(".ipynb")], top)
        # A link where a student's folder should be.
        return Owner(top, top, named=True) if self.student_folders and entry.trouble else None

    def counts(self, entry: Entry, owner: Owner) -> bool:
        """Whether the entry is a notebook where one is looked for."""
        if not entry.is_notebook:
            return False
        return not owner.named or self._is_beside(entry)

    def _is_beside(self, entry: Entry) -> bool:
        return len(entry.parts) == 3 and entry.parts[1] == self.assignment


def layout_of(entries: Sequence[Entry], assignment: str) -> Layout:
    """What the names as a whole look like."""
    files = [entry for entry in entries if len(entry.parts) == 1 and entry.is_notebook]
    folders = any(
        len(entry.parts) == 2 and entry.parts[1] == assignment and not is_moodle(entry.parts[0])
        for entry in entries
        if not entry.escapes
    )
    return Layout(assignment, folders, any(_CANVAS.fullmatch(entry.name) for entry in files))


def is_moodle(folder: str) -> bool:
    return _MOODLE_FOLDER.fullmatch(folder) is not None


def may_hold_notebooks(parts: tuple[str, ...], assignment: str) -> bool:
    """Whether to look into a folder on disk: not into all of a home folder named by mistake."""
    if is_moodle(parts[0]):
        return len(parts) <= _DEEPEST
    return len(parts) == 1 or (len(parts) == 2 and parts[1] == assignment)


def without_wrapper(entries: Sequence[Entry], assignment: str) -> list[Entry]:
    """Take off the one folder that a zip of a folder has around everything."""
    inside = [entry for entry in entries if not entry.escapes]
    tops = {entry.parts[0] for entry in inside}
    is_student = any(entry.parts[1:2] == (assignment,) for entry in inside)
    is_file = any(len(entry.parts) == 1 and not entry.is_folder for entry in inside)
    if len(tops) != 1 or is_file or is_student or is_moodle(*tops):
        return list(entries)
    return [
        entry if entry.escapes else replace(entry, parts=entry.parts[1:])
        for entry in entries
        if entry.escapes or len(entry.parts) > 1
    ]
