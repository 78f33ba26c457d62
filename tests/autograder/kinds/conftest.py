"""Students' Keras code in real children, on every backend that is installed."""

import pytest
from nbformat.v4 import new_notebook

from autograder.asking import ask
from autograder.checks import Limits
from autograder.isolation import Isolation
from autograder.sandbox import start
from autograder.sitting import Sitting
from autograder.submission import Cell, Rebuilt
from tests.conftest import backends, isolations

ONE_BACKEND = pytest.mark.parametrize("backend", backends()[:1], indirect=True, scope="session")
"""For what the judge makes of an answer, whatever computed it."""

LIMITS = Limits(cell_seconds=60, call_seconds=60)


@pytest.fixture(scope="session")
def warm(backend):
    isolation = Isolation.FULL if Isolation.FULL in isolations() else Isolation.TRUSTED
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KERAS_BACKEND", backend)
        parent = start(["keras"], isolation)
    with parent:
        yield parent


@pytest.fixture
def judged(warm):
    """The verdict on a cell and those after it, on public cases alone where there is no secret."""

    def judged(check, source, secret=None, later=()):
        sources = enumerate((source, *later))
        cells = tuple(Cell(n, f"cell-{n}", each, ours=False) for n, each in sources)
        rebuilt = Rebuilt(new_notebook(), cells, (), {})
        with Sitting(rebuilt, LIMITS, warm) as sitting:
            (verdict,) = sitting.answer([ask(check, "06", secret, LIMITS)])
            assert sitting.outputs[0]["error"] is None, sitting.outputs
            return verdict

    return judged


@pytest.fixture
def lost():
    """The parts of a verdict that earned nothing, and that they are of a kind."""

    def lost(verdict):
        assert verdict.score == sum(part.score for part in verdict.parts)
        return {part.name for part in verdict.parts if not part.score}

    return lost
