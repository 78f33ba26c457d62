"""A course folder and a class that hands in to it, hostile submissions between good ones."""

import json
import os
import subprocess
import sys
from dataclasses import asdict
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell

from tests.hostile.driver.course import NUMBERS, SECRET, hand_in, release, right_notebook
from tests.hostile.driver.world import CANARY

PROJECT = Path(__file__).parents[3]
NAME = NUMBERS.name
GOOD = ("ann", "kim", "zoe")
"""Who is right; one at the beginning, in the midst and at the end of the class."""

CHECKS = f"""\
import sys

sys.path.insert(0, {str(PROJECT)!r})
from tests.hostile.driver.course import CHECKS

CHECKS = [CHECKS["function"]]  # {CANARY}
"""


class Classroom:
    """What `autograder grade` is given, and where it writes.

    Args:
        folder: an empty one, for what everyone may read.
        out: where results go.
        world: what else there is to be reached.
    """

    def __init__(self, folder: Path, out: Path, world) -> None:
        self.course, self.submitted, self.out = folder / "course", folder / "submitted", out / "out"
        self.json, self.csv = out / "results.json", out / "points.csv"
        self.known = world.known | {"course": str(self.course), "class": str(self.submitted)}
        self._temporary = world.temporary
        self.submitted.mkdir()
        self._make_course()

    def _make_course(self) -> None:
        checks = self.course / "course" / NAME / "checks.py"
        released = self.course / "assignments" / NAME / f"{NAME}.ipynb"
        for path in (checks, released):
            path.parent.mkdir(parents=True)
        limits = [f"{name} = {value}" for name, value in asdict(NUMBERS.limits).items()]
        lines = ["[limits]", *limits, f"[assignments.{NAME}]"]
        (self.course / "course.toml").write_text("\n".join(lines))
        (self.course / ".autograder_secret").write_bytes(SECRET)
        checks.write_text(CHECKS)
        nbformat.write(release(NUMBERS, self.known), released)

    def fill(self, attacks, folder: Path) -> None:
        """Hand in all of a class; whatever is called eve is called as its attack is.

        Args:
            folder: where attacks hand in first, each beside a class of its own.
        """
        for student in GOOD:
            document = right_notebook(NUMBERS, self.known)
            document.cells.append(new_code_cell(f"print({hello(student)!r})", id="own"))
            hand_in(self.submitted, student, document)
        for attack in attacks:
            place = folder / attack.name
            place.mkdir()
            attack.hand_in(place, self.known)
            (path,) = (path for path in place.iterdir() if "eve" in path.name)
            path.rename(self.submitted / path.name.replace("eve", attack.name))

    def grade(self, tier: str) -> "subprocess.Popen[str]":
        """Run the whole command to its end; its status, and what it has shown as `told`."""
        words = ["--submissions", self.submitted, "--course", self.course, "--out", self.out]
        words += ["--json", self.json, "--csv", self.csv, "--isolation", tier, "--jobs", 2]
        process = subprocess.Popen(
            [sys.executable, "-m", "autograder", "grade", NAME, *map(str, words)],
            env=os.environ | {"TMPDIR": str(self._temporary)},
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        process.told, _ = process.communicate(timeout=300)
        return process

    def results(self) -> dict[str, dict]:
        """Each student's result, by the name that was handed in or that of the attack."""
        return {one["student"]: one for one in json.loads(self.json.read_text())}

    def files_of(self, student: str) -> list[Path]:
        """What the student gets."""
        return [
            self.out / "autograded" / student / NAME / f"{NAME}.ipynb",
            self.out / "pages" / NAME / "students" / f"{student}.html",
            self.out / "receipts" / NAME / f"{student}.json",
        ]


def hello(student: str) -> str:
    """A word that is in one student's notebook alone."""
    return f"hello from {student}"
