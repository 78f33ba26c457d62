"""A copy of our course in which nbgrader's own commands run."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook

from autograder.isolation import Isolation
from autograder.nbgrader import Gradebook as OurGradebook
from tests.conftest import ROOT, isolations

STRONGEST = isolations()[0]
FOLDERS = "c.CourseDirectory.source_directory = 'solutions'\n"
FOLDERS += "c.CourseDirectory.release_directory = 'assignments'\n"


class CourseFolder:
    """A course folder with our settings of nbgrader or, if `stock`, with nbgrader's own engine."""

    def __init__(self, root, stock=False):
        self.root = root
        for name in ("course", "solutions", "assignments"):
            shutil.copytree(ROOT / name, root / name)
        text = (ROOT / "course.toml").read_text()
        weakest = 'minimum_isolation = "trusted"\n' if STRONGEST is Isolation.TRUSTED else ""
        self.change("course.toml", weakest + text)
        shutil.copy(ROOT / "nbgrader_config.py", root)
        if stock:
            self.change("nbgrader_config.py", f"c = get_config()\n{FOLDERS}")

    def change(self, name, text):
        (self.root / name).write_text(text)

    def solution(self, assignment):
        return self._read("solutions", assignment)

    def release(self, assignment):
        return self._read("assignments", assignment)

    def _read(self, kind, assignment):
        path = self.root / kind / assignment / f"{assignment}.ipynb"
        return nbformat.read(path, as_version=4)

    def hand_in(self, student, assignment, notebook):
        folder = self.root / "submitted" / student / assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / f"{assignment}.ipynb")
        return folder / f"{assignment}.ipynb"

    def with_bundle(self, student, assignment):
        """A student's folder, with the public cases beside the notebook as students have them."""
        folder = self.root / "submitted" / student / assignment
        shutil.copy(self.root / "assignments" / assignment / f"{assignment}.npz", folder)
        return folder

    def tell_gradebook(self, assignment):
        """Have nbgrader's database know the assignment, as after `nbgrader generate_assignment`."""
        database = self.root / "gradebook.db"
        with OurGradebook.open(database, assignment, self.release(assignment)):
            pass

    def nbgrader(self, *arguments, cwd=None, returncode=0, **environment):
        """Run one of its commands as on a machine where Jupyter has no settings."""
        python = Path(sys.executable).parent
        env = os.environ | {"PATH": f"{python}:/usr/bin:/bin"}
        env.pop("PYTEST_CURRENT_TEST", None)  # with it ipykernel leaves file descriptor 2 alone
        for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR"):
            env[name] = str(self.root / name)
        command = [sys.executable, "-m", "nbgrader", *arguments]
        done = subprocess.run(
            command, cwd=cwd or self.root, env=env | environment, capture_output=True, text=True
        )
        assert done.returncode == returncode, done.stderr
        return done.stdout + done.stderr

    def scores(self, assignment):
        """What each student has been given automatically for each check."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as book:
            return {
                submission.student_id: {
                    grade.name: grade.auto_score
                    for notebook in submission.notebooks
                    for grade in notebook.grades
                }
                for submission in book.assignment_submissions(assignment)
            }


def appended(notebook, check, source):
    """A notebook with more in the solution cell of a check."""
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade_id") == f"{check}-solution":
            cell.source += f"\n\n{source}"
            return notebook
    raise ValueError(f"{check} has no solution cell")
