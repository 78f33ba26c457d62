"""What a run is about: which assignment, whose submissions, how kept in and where written."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.asking import QuestionError, ask
from autograder.checks import Check
from autograder.course import Assignment, Course, CourseError
from autograder.grade import Exam
from autograder.isolation import Isolation
from autograder.mistakes import Mistakes
from autograder.pool import Order
from autograder.sandbox import Parent, start
from autograder.submission import (
    Rebuilt,
    Submission,
    SubmissionError,
    Unreadable,
    find,
    parse,
    rebuild,
)


@dataclass(frozen=True)
class Plan:
    """What to grade, how, and where to write.

    Args:
        submissions: those of the whole class; of which not all need be graded.
        checks: the names of the checks to grade; empty for all.
        students: the students asked for; empty for all.
        anew: whether to grade what the journal knows, too.
    """

    course: Course
    assignment: Assignment
    submissions: Sequence[Submission]
    isolation: Isolation
    jobs: int
    out: Path
    database: str
    checks: Sequence[str] = ()
    students: Sequence[str] = ()
    anew: bool = False

    @property
    def seed(self) -> bytes:
        """What bundled data sets are transformed under."""
        datasets = f"datasets/{self.assignment.name}".encode()
        return hmac.digest(self.course.secret(), datasets, "sha256")

    @property
    def order(self) -> Order:
        """What is to be graded, and whose."""
        checks = [check.name for check in self.asked()] if self.checks else ()
        return Order(checks, self.students, self.anew)

    @property
    def asked_for(self) -> Sequence[Submission]:
        """The submissions of the students asked for."""
        wanted = self.students
        return [one for one in self.submissions if not wanted or one.student in wanted]

    def asked(self) -> list[Check]:
        """The assignment's checks, or those of them that are named, with what they build on.

        Raises:
            CourseError: there is no check of a name.
        """
        stated = self.assignment.checks()
        names = [check.name for check in stated]
        if unknown := sorted(set(self.checks) - set(names)):
            line = f"{self.assignment.name} has no check {', '.join(unknown)}"
            raise CourseError(f"{line}; it has: {', '.join(names)}")
        wanted = set(self.checks or names)
        for check in reversed(stated):  # what builds on something stands below it
            wanted |= set(check.builds_on) if check.name in wanted else set()
        return [check for check in stated if check.name in wanted]


def collect(source: Path, assignment: str, students: Sequence[str]) -> list[Submission]:
    """The submissions in a folder or zip.

    Args:
        students: who must be among those who handed in.

    Raises:
        SubmissionError: there are none, or a student named handed in nothing.
    """
    if (source / "course.toml").is_file():
        raise SubmissionError(f"{source} is a course folder; name the folder with the submissions")
    found = find(source, assignment)
    if missing := set(students) - {submission.student for submission in found}:
        names = ", ".join(sorted(missing))
        raise SubmissionError(f"{source} has no submission of {names}; look with --dry-run")
    return found


def prepare(plan: Plan) -> Exam:
    """Draw and answer the cases of all checks.

    Raises:
        CourseError: the checks, the secret or the release are not as they should be.
        MisconceptionError: a file of misconceptions is not as it should be.
    """
    secret = plan.course.secret()
    try:
        name, limits = plan.assignment.name, plan.assignment.limits
        questions = [ask(check, name, secret, limits) for check in plan.assignment.checks()]
    except QuestionError as error:
        raise CourseError(f"{plan.assignment.checks_file}: {error}") from error
    release = read_release(plan.assignment)
    known = plan.assignment.misconceptions()
    asked = [replace(one, misconceptions=known.get(one.name, ())) for one in questions]
    mistakes = Mistakes(_solution(plan.assignment, release), limits)
    return Exam(name, asked, release, limits, mistakes=mistakes)


def _solution(assignment: Assignment, release: NotebookNode) -> Rebuilt | None:
    """The notebook with answers, as a submission is; without one, no mistake is explained."""
    try:
        data = assignment.solution.read_bytes()
        return rebuild(parse(data, assignment.solution.name), release, assignment.name)
    except (OSError, Unreadable):
        return None


def read_release(assignment: Assignment) -> NotebookNode:
    """The notebook as students got it.

    Raises:
        CourseError: it is missing or damaged.
    """
    try:
        notebook: NotebookNode = nbformat.read(assignment.release, as_version=4)
    except FileNotFoundError:
        line = f"{assignment.release} does not exist; run `autograder build {assignment.name}`"
        raise CourseError(line) from None
    except (OSError, ValueError) as error:
        raise CourseError(f"{assignment.release} cannot be read: {error}") from None
    return notebook


def warm_parent(plan: Plan) -> Parent:
    """Start a warm parent in which bundled data sets are this course's own.

    Raises:
        SandboxError: a package is missing, or this machine cannot give the isolation.
    """
    return start(plan.assignment.packages, plan.isolation, plan.seed)
