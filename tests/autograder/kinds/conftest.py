"""Students' Keras code in real children, on every backend that is installed."""

import os
import sys
from importlib.util import find_spec

import pytest

from autograder.asking import ask
from autograder.checks import Limits
from autograder.examining import examine
from autograder.isolation import Isolation
from autograder.sandbox import start
from tests.conftest import isolations

LIMITS = Limits(cell_seconds=60, call_seconds=60)


def backends():
    """In CI all three must be there on the oldest Python."""
    wanted = ("tensorflow", "jax", "torch")
    if os.environ.get("CI") and sys.version_info[:2] == (3, 11):
        return wanted
    return [backend for backend in wanted if find_spec(backend)]


@pytest.fixture(params=backends(), scope="session")
def warm(request):
    before = os.environ.get("KERAS_BACKEND")
    os.environ["KERAS_BACKEND"] = request.param
    isolation = Isolation.FULL if Isolation.FULL in isolations() else Isolation.TRUSTED
    try:
        with start(["keras"], isolation) as parent:
            yield parent
    finally:
        os.environ.pop("KERAS_BACKEND")
        if before is not None:
            os.environ["KERAS_BACKEND"] = before


@pytest.fixture
def judged(warm):
    """The verdict on a cell, on public cases alone where there is no secret."""

    def judged(check, source, secret=None):
        with warm.child(LIMITS) as child:
            ran = child.ask({"do": "cell", "source": source}, 60)
            assert ran["error"] is None, ran["error"]
            return examine(ask(check, "06", secret), lambda request: child.ask(request, 60))

    return judged


@pytest.fixture
def lost():
    """The parts of a verdict that earned nothing, and that they are of a kind."""

    def lost(verdict):
        assert verdict.score == sum(part.score for part in verdict.parts)
        return {part.name for part in verdict.parts if not part.score}

    return lost
