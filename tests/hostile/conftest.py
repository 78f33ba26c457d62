"""A stage for each tier and assignment: its warm parent, and what a good submission comes to."""

import tempfile
from contextlib import ExitStack
from dataclasses import replace
from functools import cache, partial

import pytest

from autograder.grade import grade
from autograder.isolation import Isolation
from autograder.sandbox import start
from autograder.submission import find
from tests.conftest import isolations
from tests.hostile.driver import course
from tests.hostile.driver.recording import Recording
from tests.hostile.driver.witness import Witness
from tests.hostile.driver.world import World

ZIP = b"PK\x03\x04"
"""How a file begins in which a layer is saved; it has the date in it."""

TIERS = [tier for tier in isolations() if tier is not Isolation.TRUSTED]


class Stage:
    """Grades what is handed in for one assignment, on one tier.

    Args:
        folder: for submissions and what is written of them.
    """

    def __init__(self, assignment, parent, world, folder) -> None:
        self.assignment = assignment
        self.world = world
        self._folder = folder
        self._parent = parent
        self._numbered = iter(range(1_000_000))
        self.good()  # the first one makes what the others find
        self.baseline = self.good()

    def exam(self, kinds=None):
        return course.exam(self.assignment, self.world.known, kinds)

    def place(self):
        """An empty folder."""
        folder = self._folder / str(next(self._numbered))
        folder.mkdir()
        return folder

    def grade(self, source, kinds=None):
        """What comes of each submission, and the bytes of all answers."""
        parent = Recording(self._parent)
        exam = replace(self.exam(kinds), aids=())
        graded = [grade(one, exam, parent) for one in find(source, self.assignment.name)]
        return graded, parent.answers

    def good(self):
        """Verdicts on a good submission, without times, and its answers that have no date."""
        folder = self.place()
        document = course.notebook(self.assignment, self.world.known, course.RIGHT, ())
        course.hand_in(folder, "good", document)
        (graded,), answers = self.grade(folder)
        verdicts = [replace(verdict, seconds=0) for verdict in graded.result.verdicts]
        return verdicts, graded.outputs, [answer for answer in answers if ZIP not in answer]


@pytest.fixture(scope="module", params=TIERS or [pytest.param(None, marks=pytest.mark.skip)])
def tier(request):
    return request.param


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    tmp_path_factory.getbasetemp()  # made before what is temporary lies in the world
    with World() as made, pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempfile, "tempdir", str(made.temporary))
        patch.setenv("KERAS_BACKEND", "tensorflow")
        yield made


@pytest.fixture(scope="module")
def witness(world):
    with Witness(world.folder) as looking:
        yield looking


@pytest.fixture(scope="module")
def staging(world, witness, tmp_path_factory):  # noqa: ARG001
    """Makes a stage of a tier and an assignment, with a warm parent of its own."""
    with ExitStack() as stack:

        def made(tier, assignment):
            parent = stack.enter_context(start(assignment.packages, tier))
            return Stage(assignment, parent, world, tmp_path_factory.mktemp(f"{tier}-stage"))

        yield made


@pytest.fixture(scope="module")
def stages(tier, staging):
    """The stage of an assignment, made when it is first asked for."""
    return cache(partial(staging, tier))
