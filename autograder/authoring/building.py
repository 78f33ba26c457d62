"""course → solutions → assignments: all files of an assignment are made, then written."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from nbformat import NotebookNode

from autograder import bundle
from autograder.authoring.errors import BuildError
from autograder.authoring.fences import refuse_unseen
from autograder.authoring.ipynb import as_bytes
from autograder.authoring.packages import refuse_missing
from autograder.authoring.proof import prove
from autograder.authoring.questions import public_questions
from autograder.authoring.release import generate_release
from autograder.authoring.seal import seal
from autograder.authoring.solution import solution_notebook
from autograder.authoring.wrong import answered, kept, marked
from autograder.course import Assignment, Course
from autograder.files import write_whole
from autograder.questions import Question


def build(course: Course, assignments: Sequence[Assignment]) -> list[Path]:
    """Build the notebook and bundle of each assignment, with answers and for students.

    Nothing is written before all of it could be made.

    Returns:
        the files written, relative to the course folder.

    Raises:
        BuildError: something that the author wrote does not fit, or an answer does not pass its
            check; one line says what.
        CourseError: checks.py states no sensible checks.
    """
    with TemporaryDirectory(prefix="autograder-build-") as folder:
        files = [file for each in assignments for file in _made(course, each, Path(folder))]
    for path, data in files:
        try:
            write_whole(path, data)
        except OSError as error:
            raise BuildError(f"{path} cannot be written: {error.strerror}") from None
    return [path.relative_to(course.root) for path, _ in files]


def _made(course: Course, assignment: Assignment, root: Path) -> Iterator[tuple[Path, bytes]]:
    """Each file of an assignment and its content; nbgrader works below `root`."""
    refuse_missing(assignment)
    checks = assignment.checks()
    source = root / "source" / assignment.name
    source.mkdir(parents=True)
    path = source / assignment.solution.name

    def written(questions: Sequence[Question]) -> NotebookNode:
        asked = bundle.bundle(assignment.name, questions, assignment.packages)
        solution = solution_notebook(assignment, checks, asked.version)
        path.write_bytes(as_bytes(solution))
        bundle.write(asked, bundle_of(path))
        return solution

    questions = public_questions(assignment, checks)
    questions = marked(questions, written(questions))
    questions = kept(questions, bundle_of(assignment.release))
    solution = written(answered(questions, path, course, assignment))
    release = seal(generate_release(assignment.name, root), solution)
    released = root / "release" / assignment.name / assignment.release.name
    prove(path, released)
    refuse_unseen(assignment, checks)  # what the answers import is there by now
    data = bundle_of(released).read_bytes()
    yield assignment.solution, as_bytes(solution)
    yield bundle_of(assignment.solution), data
    yield assignment.release, as_bytes(release)
    yield bundle_of(assignment.release), data


def bundle_of(notebook: Path) -> Path:
    """The bundle beside a notebook."""
    return notebook.with_suffix(".npz")
