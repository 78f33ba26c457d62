"""The notebook that students get: made by nbgrader, then looked at for answers left in it."""

import logging
from collections.abc import Iterator, Sequence
from logging.handlers import BufferingHandler
from pathlib import Path

from nbformat import NotebookNode
from traitlets.config import Config

from autograder.authoring.errors import BuildError
from autograder.authoring.ipynb import read
from autograder.authoring.regions import split

STUB = {"# YOUR CODE HERE", "raise NotImplementedError()", "YOUR ANSWER HERE"}
"""What nbgrader puts in the place of an answer."""


def generate_release(name: str, root: Path) -> NotebookNode:
    """Run `nbgrader generate_assignment --no-db` from `root`/source to `root`/release.

    The author's gradebook is not asked for: nbgrader makes its entries when a grade is saved. No
    configuration file is read, so that the release is the same everywhere.

    Raises:
        BuildError: nbgrader refused, in its words, or left an answer in.
    """
    from nbgrader.converters import GenerateAssignment
    from nbgrader.coursedir import CourseDirectory

    config = Config({"SaveCells": {"enabled": False}, "GenerateAssignment": {"no_database": True}})
    course = CourseDirectory(config=config, root=str(root), assignment_id=name)
    log, complaints = logging.Logger("nbgrader"), BufferingHandler(capacity=1000)
    log.addHandler(complaints)
    complaints.setLevel(logging.ERROR)
    try:
        GenerateAssignment(coursedir=course, config=config, log=log).start()
    except Exception as error:
        # nbgrader logs what is wrong, as a traceback for most, and raises "see the above".
        said = [record.getMessage() for record in complaints.buffer] or [str(error)]
        telling = [message for message in said if message.startswith("Traceback")] or said
        reason = telling[0].strip().splitlines()[-1]
        raise BuildError(f"nbgrader generate_assignment {name}: {reason}") from error
    release = read(root / "release" / name / f"{name}.ipynb")
    solution = read(root / "source" / name / f"{name}.ipynb")
    if leak := next(_leaks(solution, release), None):
        raise BuildError(f"{name}: the release shows a line of an answer: {leak!r}")
    return release


def _leaks(solution: NotebookNode, release: NotebookNode) -> Iterator[str]:
    """Lines of the release that stand in answers only, or whole answers copied elsewhere."""
    public, answers = set(STUB), []
    for cell in solution.cells:
        outside, regions = split(cell.source)
        if not regions and cell.metadata.get("nbgrader", {}).get("solution"):
            outside, regions = [], [outside]
        public |= set(_flat(outside))
        answers += [_flat(region) for region in regions]
    for cell in release.cells:
        lines = _flat(cell.source.split("\n"))
        yield from (line for line in lines if line not in public)
        # A text may well show one line that is also an answer's; a whole answer is a copy.
        yield from (a[0] for a in answers if len(a) > 1 and "\n".join(a) in "\n".join(lines))


def _flat(lines: Sequence[str]) -> list[str]:
    return [line.strip() for line in lines if line.strip()]
