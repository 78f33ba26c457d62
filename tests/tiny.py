"""A course of one assignment that takes no time, and its grading as a process to be disturbed."""

import json
import subprocess
import sys
import time

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.survival import kept, outcome

NAME = "01_tiny"
TOML = f"""\
[limits]
cell_seconds = 60
[assignments.{NAME}]
packages = ["numpy"]
"""
CHECKS = """\
from autograder import Case, Check

CHECKS = [
    Check("double", {points}, lambda x: 2 * x, draw=lambda d: {{"x": d.array(3)}}),
    Check("quadruple", 40, lambda x: 4 * x, [Case("three", {{"x": {x}}})], builds_on=["double"]),
    Check("half", 40, lambda x: x / 2, draw=lambda d: {{"x": d.array(2)}}),
]
"""
POINTS = {"double": 20, "quadruple": 40, "half": 40}
RIGHT = {
    "double": "def double(x):\n    return 2 * x",
    "quadruple": "def quadruple(x):\n    return double(double(x))",
    "half": "def half(x):\n    return x / 2",
}
WAITING = "import os, time\nwhile not os.path.exists({path!r}): time.sleep(0.01)"


def cell(grade_id, source, points=None, solution=False):
    told = {"grade_id": grade_id, "grade": points is not None, "solution": solution}
    told |= {"locked": not solution, "schema_version": 3, "task": False}
    told |= {"points": points, "cell_type": "code"} if points is not None else {}
    return new_code_cell(source, id=grade_id, metadata={"nbgrader": told})


def notebook(answers, extra=(), points=POINTS):
    cells = [cell("setup", "import numpy as np")]
    for name, worth in points.items():
        stub = f"def {name}(x):\n    raise NotImplementedError()"
        cells.append(cell(f"{name}-solution", answers.get(name, stub), None, True))
        cells.append(cell(name, f'check("{name}")', worth))
    cells += [new_code_cell(source, id=f"own-{i}") for i, source in enumerate(extra)]
    return new_notebook(cells=cells)


class Tiny:
    """The course in a folder, with what was handed in and an output folder beside it."""

    def __init__(self, root, isolation="trusted"):
        self.root, self.isolation = root, isolation
        self.course, self.submitted, self.out = root / "course", root / "submitted", root / "out"
        self.json, self.temporary = root / "results.json", root / "tmp"
        self.temporary.mkdir()
        self.temporary.chmod(0o1777)
        (self.course / "course" / NAME).mkdir(parents=True)
        (self.course / "assignments" / NAME).mkdir(parents=True)
        (self.course / "course.toml").write_text(TOML)
        (self.course / ".autograder_secret").write_text("0" * 64)
        self.state()

    def state(self, points=20, x=3):
        """Let the first check be worth so many points, and the second have such a case."""
        (self.course / "course" / NAME / "checks.py").write_text(CHECKS.format(points=points, x=x))
        release = notebook({}, points={**POINTS, "double": points})
        nbformat.write(release, self.course / "assignments" / NAME / f"{NAME}.ipynb")

    def hand_in(self, student, *extra, **answers):
        folder = self.submitted / student / NAME
        folder.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook(RIGHT | answers, extra), folder / f"{NAME}.ipynb")

    def words(self, *options):
        command = [sys.executable, "-m", "autograder", "grade", NAME, "--jobs", "2"]
        command += ["--submissions", self.submitted, "--course", self.course, "--out", self.out]
        command += ["--json", self.json, "--isolation", self.isolation, *options]
        return ["env", f"TMPDIR={self.temporary}", *map(str, command)]

    def grade(self, *options, status=0):
        """Grade, and what the terminal shows."""
        done = subprocess.run(self.words(*options), capture_output=True, text=True, timeout=300)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def begin(self, *options):
        """Grade in a process group of its own, for the test to end."""
        return subprocess.Popen(
            self.words(*options),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    @property
    def journal(self):
        return self.out / "journal" / f"{NAME}.journal"

    def kept(self):
        """The students whose results are in the journal."""
        return kept(self.journal)

    def outcome(self):
        return outcome(self.out, self.json)

    def scores(self):
        return {one["student"]: one["score"] for one in json.loads(self.json.read_text())}


def until(holds, process=None):
    """Wait for something to happen, as long as the process lives."""
    while not holds():
        assert process is None or process.poll() is None, process.communicate()[0]
        time.sleep(0.01)
