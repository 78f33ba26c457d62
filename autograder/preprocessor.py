"""Our engine inside nbgrader: `nbgrader autograde` and formgrader's button grade with it.

c.Autograde.autograde_preprocessors = ["autograder.preprocessor.WalledExecute", ...]

A submission is graded as `autograder grade` grades it. The notebook that nbgrader goes on with
shows each check's points as its value, which is what nbgrader's own `SaveAutoGrades` records.
"""

import atexit
import threading
from functools import partial
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.preprocessors import NbGraderPreprocessor
from traitlets import Enum, Unicode

from autograder.course import Assignment, Course, open_course
from autograder.grade import Graded, grade
from autograder.isolation import Isolation
from autograder.machine import choose
from autograder.nbgrader.database import Gradebook
from autograder.nbgrader.executed import autograded
from autograder.planning import Plan, prepare, warm_parent
from autograder.results import VerdictKind
from autograder.submission import Submission
from autograder.submission.files import DiskFile


class Ungraded(Exception):
    """A submission that could not be graded, in one line with what to do. It is no zero."""


class WalledExecute(NbGraderPreprocessor):  # type: ignore[misc]
    """Grades a submission behind the wall, in the place of nbgrader's `Execute`."""

    course = Unicode(help="The folder with course.toml; by default nbgrader's root.").tag(
        config=True
    )
    isolation = Enum(
        ["", *Isolation],
        "",
        help="How students' code is kept in; by default as well as this machine can.",
    ).tag(config=True)

    def preprocess(
        self, nb: NotebookNode, resources: dict[str, Any]
    ) -> tuple[NotebookNode, dict[str, Any]]:
        """Grade what was handed in, whatever nbgrader has made of it since.

        Raises:
            Ungraded: our own failure, of which nbgrader tells and records nothing.
        """
        del nb
        names = resources["nbgrader"]
        try:
            with _turn:
                desk = self._desk(names)
                graded = desk.grade(self._submission(names))
        except Exception as error:
            if not type(error).__module__.startswith("autograder."):
                raise
            # What a message may advise is an option of `autograder grade`; here it is called so:
            line = str(error).replace("--isolation ", "--WalledExecute.isolation=")
            self.log.error("%s has not been graded: %s", names["student"], line)
            raise Ungraded(line) from None
        release = desk.exam.release
        return autograded(release, graded.result, graded.notebook, graded.outputs), resources

    @property
    def _directory(self) -> Any:
        """nbgrader's `CourseDirectory`, which the converter of our exporter has."""
        return self.parent.parent.coursedir

    def _desk(self, names: dict[str, str]) -> "Desk":
        """The desk for an assignment, set up anew where what it is graded by has changed."""
        course = open_course(Path(self.course or self._directory.root))
        assignment = course.assignment(names["assignment"])
        asked = Isolation(self.isolation) if self.isolation else None
        stamp = asked, names["db_url"], _stamp(course, assignment)
        if not _desks or _desks[0].stamp != stamp:
            _clear()
            isolation = choose(asked, course.minimum_isolation)
            plan = Plan(course, assignment, [], isolation, 1, Path(), names["db_url"])
            _desks.append(Desk(plan, stamp))
        return _desks[0]

    def _submission(self, names: dict[str, str]) -> Submission:
        student, assignment, notebook = names["student"], names["assignment"], names["notebook"]
        if notebook != assignment:
            line = f"{notebook}.ipynb is not the notebook of {assignment}"
            raise Ungraded(f"{line}; keep other notebooks out of solutions/{assignment}")
        submitted = self._directory.submitted_directory
        folder = Path(self._directory.format_path(submitted, student, assignment))
        path = f"{student}/{assignment}/{notebook}.ipynb"
        return Submission(student, assignment, path, source=DiskFile(folder / f"{notebook}.ipynb"))


class Desk:
    """What one assignment is graded with: its exam and a warm parent."""

    def __init__(self, plan: Plan, stamp: object) -> None:
        self.stamp = stamp
        self.exam = prepare(plan)
        # Points and cells in the gradebook follow the release, as in `autograder grade`.
        with Gradebook.open(plan.database, self.exam.assignment, self.exam.release):
            pass
        self._start = partial(warm_parent, plan)
        self._parent = self._start()

    def grade(self, submission: Submission) -> Graded:
        """Grade one submission; once more, with a new parent, where we failed or it only waited.

        Raises:
            Ungraded, SandboxError: it failed again.
        """
        graded = grade(submission, self.exam, self._parent)
        if graded.starved or not graded.result.graded:
            self.close()
            self._parent = self._start()
            graded = grade(submission, self.exam, self._parent)
        for verdict in graded.result.verdicts:
            if verdict.kind is VerdictKind.UNGRADED:
                raise Ungraded(f"{verdict.check}: {verdict.message}; grade again")
        return graded

    def close(self) -> None:
        self.exam.close()
        self._parent.close()


_turn = threading.Lock()
_desks: list[Desk] = []
"""The one in use: a warm parent serves all students of a command, or of a formgrader."""


def _stamp(course: Course, assignment: Assignment) -> object:
    wrong = sorted(assignment.wrong.glob("*.py"))
    files = (assignment.checks_file, assignment.release, assignment.solution, *wrong)
    changes = [path.stat().st_mtime_ns for path in files if path.exists()]
    return assignment, course.minimum_isolation, course.secret(), changes


@atexit.register
def _clear() -> None:
    while _desks:
        _desks.pop().close()
