"""A hostile submission, read from its file: a header of comments, then cells or `hand_in`.

    # What it tries, in a sentence or two.
    #
    # kinds: the kinds of exercise that it answers
    # wanted: CHECK VERDICT: what its message holds, a regular expression
    # said: a regular expression for what its cells print
    # landlock wanted: the same, where one tier differs
    # %%        a cell of the student's own
    # %% CHECK  the answer to a check; what is not answered here is answered right

`hand_in(folder)` writes eve's submission beside ann's, which is right, and may return another
place to search, a zip.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from runpy import run_path

from autograder.results import VerdictKind
from tests.hostile.driver.course import (
    CHECKS,
    RIGHT,
    assignment_of,
    hand_in,
    notebook,
    right_notebook,
)

FOLDER = Path(__file__).parents[1]
LINE = re.compile(r"# (?:(\w+) )?(kinds|wanted|said): (.+)")
WANTED = re.compile(r"(\w+) ([a-z ]+)(?:: (.+))?")
CELL = re.compile(r"^# %%(.*)\n", re.M)


@dataclass(frozen=True)
class Wanted:
    """What is to come of one check."""

    check: str
    kind: VerdictKind
    message: str


@dataclass(frozen=True)
class Attack:
    """One file of the corpus."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @cached_property
    def source(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def header(self) -> list[str]:
        """The comments before the first line that is none."""
        return re.match(r"(?:#(?! %%).*\n)+", self.source)[0].splitlines()

    @cached_property
    def kinds(self) -> tuple[str, ...]:
        (line,) = self._lines("kinds", "")
        named = set(re.split(r", ", line))
        return tuple(kind for kind in CHECKS if kind in named)

    @property
    def assignment(self):
        return assignment_of(self.kinds)

    def wanted(self, tier: str) -> list[Wanted]:
        """A verdict for every check that is asked."""
        found = [WANTED.fullmatch(line).groups() for line in self._lines("wanted", tier)]
        return [Wanted(check, VerdictKind(kind), words or "") for check, kind, words in found]

    def said(self, tier: str) -> list[str]:
        return self._lines("said", tier)

    def _lines(self, key: str, tier: str) -> list[str]:
        """What the header says under a key: of this tier, else of all."""
        found = [match.groups() for line in self.header if (match := LINE.fullmatch(line))]
        own = [text for of, name, text in found if name == key and of == tier and tier]
        return own or [text for of, name, text in found if name == key and of is None]

    def hand_in(self, folder: Path, known) -> Path:
        """Write the submission; what to search for it."""
        if "\ndef hand_in(" in self.source:
            hand_in(folder, "ann", right_notebook(self.assignment, known))
            return run_path(str(self.path))["hand_in"](folder) or folder
        own, answers = self._cells()
        document = notebook(self.assignment, known, RIGHT | answers, own)
        hand_in(folder, "eve", document)
        return folder

    def _cells(self) -> tuple[Sequence[str], dict[str, str]]:
        _, *pieces = CELL.split(self.source)
        own, answers = [], {}
        for title, text in zip(pieces[::2], pieces[1::2], strict=True):
            if title.strip():
                answers[title.strip()] = text
            else:
                own.append(text)
        return own, answers


def attacks() -> list[Attack]:
    """All of the corpus, by name."""
    ours = ("conftest", "test_")
    paths = (path for path in FOLDER.glob("*.py") if not path.stem.startswith(ours))
    return [Attack(path) for path in sorted(paths)]
