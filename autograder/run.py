"""A grading run: from a folder of submissions to gradebook, notebooks and pages.

All it writes goes below one folder, each file whole or not at all. What cannot be written for one
student is a problem to report; the others are graded.
"""

import hmac
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from autograder.asking import QuestionError, ask
from autograder.checks import Check
from autograder.course import Assignment, Course, CourseError
from autograder.feedback import write_class, write_student
from autograder.files import locked
from autograder.grade import Exam, Graded
from autograder.isolation import Isolation
from autograder.mistakes import Mistakes
from autograder.pool import Pool
from autograder.receipts import write_receipt
from autograder.results import Report, Result
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
        checks: the names of the checks to grade; empty for all.
        students: the students asked for; empty for all.
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

    @property
    def whole(self) -> bool:
        """Whether the run is about all students and checks, as the class page is."""
        return not self.checks and not self.students

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
    """The submissions in a folder or zip, of all students or of those named.

    Raises:
        SubmissionError: there are none, or a student named handed in nothing.
    """
    if (source / "course.toml").is_file():
        raise SubmissionError(f"{source} is a course folder; name the folder with the submissions")
    found = find(source, assignment)
    if missing := set(students) - {submission.student for submission in found}:
        names = ", ".join(sorted(missing))
        raise SubmissionError(f"{source} has no submission of {names}; look with --dry-run")
    return [one for one in found if not students or one.student in students]


def prepare(plan: Plan) -> Exam:
    """Draw and answer the cases of the checks asked for.

    Raises:
        CourseError: the checks, the secret or the release are not as they should be.
        MisconceptionError: a file of misconceptions is not as it should be.
    """
    secret = plan.course.secret()
    try:
        name, limits = plan.assignment.name, plan.assignment.limits
        questions = [ask(check, name, secret, limits) for check in plan.asked()]
    except QuestionError as error:
        raise CourseError(f"{plan.assignment.checks_file}: {error}") from error
    release = read_release(plan.assignment)
    known = plan.assignment.misconceptions()
    asked = [replace(one, misconceptions=known.get(one.name, ())) for one in questions]
    name, limits = plan.assignment.name, plan.assignment.limits
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


def run(plan: Plan, tell: Callable[[Result], None]) -> Report:
    """Grade, write, and tell of each result when it is there.

    Raises:
        SandboxError: this machine cannot give the isolation asked for.
        CourseError: the checks, the secret or the release are not as they should be.
        GradebookError: the database cannot be used.
        OutputError: the output folder cannot be written.
    """
    started = time.monotonic()
    results: list[Result] = []
    problems: list[str] = []
    with ExitStack() as stack:
        parents = stack.enter_context(_starting(plan))
        exam = stack.enter_context(closing(prepare(plan)))
        keep = stack.enter_context(_records(plan, exam))
        with Pool(exam, parents, plan.jobs) as pool:
            for graded in pool.grade(plan.submissions):
                problems += keep(graded)
                results.append(graded.result)
                tell(graded.result)
        results.sort(key=lambda result: result.student)
        pages = []
        if plan.whole:
            write = partial(write_class, plan.out, plan.assignment.name, results)
            problems += _written("the class page", lambda: pages.append(write()))
    seconds = time.monotonic() - started
    return Report(results, problems, seconds, plan.isolation, *pages)


def warm_parent(plan: Plan) -> Parent:
    """Start a warm parent in which bundled data sets are this course's own.

    Raises:
        SandboxError: a package is missing, or this machine cannot give the isolation.
    """
    seed = hmac.digest(plan.course.secret(), f"datasets/{plan.assignment.name}".encode(), "sha256")
    return start(plan.assignment.packages, plan.isolation, seed)


@contextmanager
def _starting(plan: Plan) -> Iterator[Callable[[], Parent]]:
    """What gives a warm parent. The first one starts now, beside whatever else there is to do."""
    with ThreadPoolExecutor(1) as thread:
        first = [thread.submit(warm_parent, plan)]
        try:
            yield lambda: first.pop().result() if first else warm_parent(plan)
        finally:
            for unused in first:
                if unused.exception() is None:
                    unused.result().close()


@contextmanager
def _records(plan: Plan, exam: Exam) -> Iterator[Callable[[Graded], list[str]]]:
    """Open all that results are written to; writes one result and says what could not be."""
    # Here, because to import nbgrader takes long, and meanwhile the warm parent starts.
    from autograder.nbgrader import Gradebook, write_autograded, write_config

    out = plan.out

    def keep(graded: Graded) -> list[str]:
        result, student = graded.result, graded.result.student
        notebook = partial(
            write_autograded, out, exam.release, result, graded.notebook, graded.outputs
        )
        problems = [
            *_written(f"the grades of {student}", partial(gradebook.record, result)),
            *_written(f"the notebook of {student}", notebook),
        ]
        if not plan.checks:  # a page tells of all checks or of none
            problems += _written(f"the page of {student}", partial(write_student, out, result))
            problems += _written(f"the receipt of {student}", partial(write_receipt, out, result))
        return problems

    database = plan.database or out / "gradebook.db"
    with locked(out), Gradebook.open(database, exam.assignment, exam.release) as gradebook:
        write_config(out, plan.course.root, plan.database or None)
        yield keep


def _written(what: str, write: Callable[[], object]) -> list[str]:
    from autograder.nbgrader import GradebookError

    try:
        write()
    except (OSError, ValueError, GradebookError) as error:
        reason = getattr(error, "strerror", None) or error
        return [f"{what} could not be written: {reason}; mend that and grade again"]
    return []
