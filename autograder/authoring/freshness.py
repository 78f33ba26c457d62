"""Whether the built files are what `build` would make now, found out without nbgrader.

The solution is made anew in memory and compared; the release bears a seal; bundles are compared
with the questions as they are asked now. So it does not matter what changed: the text, a figure,
a check, a reference answer, this package, or the built file itself. Misconceptions alone are not
run again: a digest says what their answers were made from.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from autograder import bundle
from autograder.authoring.building import bundle_of
from autograder.authoring.ipynb import as_json, read_json
from autograder.authoring.questions import public_questions, read_if_fresh
from autograder.authoring.seal import seal_holds
from autograder.authoring.solution import solution_notebook
from autograder.authoring.wrong import marked
from autograder.course import Assignment, Course


def stale(course: Course, assignments: Sequence[Assignment]) -> list[str]:
    """One line for each built file that is missing or stale; none where all are fresh.

    Raises:
        BuildError: something that the author wrote does not fit; one line says what.
        CourseError: checks.py states no sensible checks.
    """
    lines = []
    for assignment in assignments:
        for path, fresh in _judged(assignment):
            if not fresh:
                is_ = "is stale or was edited" if path.exists() else "is missing"
                shown = path.relative_to(course.root)
                lines.append(f"{shown} {is_}; run `autograder build {assignment.name}`")
    return lines


def _judged(assignment: Assignment) -> Iterator[tuple[Path, bool]]:
    """Each built file, and whether it is there and fresh."""
    checks = assignment.checks()
    questions = public_questions(assignment, checks)
    code = solution_notebook(assignment, checks, "")
    asked = bundle.bundle(assignment.name, marked(questions, code), assignment.packages)
    held = read_if_fresh(bundle_of(assignment.solution), asked)
    # Rounding differs between machines, and with it the version: a sound bundle keeps its own.
    version = (held or asked).version
    solution = solution_notebook(assignment, checks, version)
    given = read_if_fresh(bundle_of(assignment.release), asked)
    yield assignment.solution, read_json(assignment.solution) == as_json(solution)
    yield bundle_of(assignment.solution), held is not None
    yield assignment.release, seal_holds(read_json(assignment.release), solution)
    yield bundle_of(assignment.release), given is not None and given.version == version
