"""Warm parents of all isolations, started once, and what tests say to their children."""

import contextlib
import functools
import os
from dataclasses import dataclass, field

import pytest

from autograder.checks import Limits
from autograder.machine import diagnose
from autograder.machine.diagnosis import because
from autograder.sandbox import Isolation, Parent, start
from autograder.sandbox.parent import TIERS


def need(isolation):
    """Skip where a tier cannot be had, unless a continuous integration should have it."""
    missing = diagnose().missing(isolation)
    problem = f"{isolation} needs {because(missing)}" if missing else ""
    if problem and os.environ.get("CI"):
        pytest.fail(problem)
    if problem:
        pytest.skip(problem)


@dataclass(frozen=True)
class Wall:
    """A warm parent with limits, and short ways to talk to a child of it."""

    parent: Parent
    limits: Limits = field(default_factory=Limits)

    def child(self):
        return self.parent.child(self.limits)

    def run(self, source, seconds=20.0):
        """One cell in a child of its own."""
        with self.child() as child:
            return cell(child, source, seconds)


def cell(child, source, seconds=20.0):
    return child.ask({"do": "cell", "source": source}, seconds)


def call(child, name, *args, seconds=5.0):
    request = {"do": "call", "kind": "function", "name": name, "args": list(args)}
    return child.ask(request, seconds)


@pytest.fixture(scope="session")
def full():
    need(Isolation.FULL)
    with start(["numpy"], Isolation.FULL) as parent:
        yield Wall(parent)


@pytest.fixture(scope="session")
def landlock():
    need(Isolation.LANDLOCK)
    with start(["numpy"], Isolation.LANDLOCK) as parent:
        yield Wall(parent)


@pytest.fixture(scope="session")
def trusted():
    with start(["numpy"], Isolation.TRUSTED) as parent:
        yield Wall(parent)


@pytest.fixture(scope="session")
def without():
    """The walls of an isolation with some layers taken away, each built once."""
    with contextlib.ExitStack() as stack:

        @functools.cache
        def build(isolation, *layers):
            need(isolation)
            _, own = TIERS[isolation]
            left = [layer for layer in own if layer not in layers]
            return Wall(stack.enter_context(start(["numpy"], isolation, layers=left)))

        yield build


@pytest.fixture(params=["full", "landlock", "trusted"])
def wall(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(params=["full", "landlock"])
def strict(request):
    """What strangers' code may be graded in."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def say():
    """The functions `cell` and `call`: conftest itself cannot be imported."""
    return cell, call
