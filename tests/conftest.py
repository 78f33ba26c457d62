"""What several tests share."""

import importlib.util
import itertools
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import settings

from autograder.distributions import BACKENDS
from autograder.isolation import Isolation
from autograder.machine import diagnose

ROOT = Path(__file__).parent.parent
in_ci = bool(os.environ.get("CI"))

# On a busy machine a quick example may take long.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# A shell without job control has what it runs in the background ignore it, and tests interrupt.
signal.signal(signal.SIGINT, signal.default_int_handler)


def isolations():
    """Every isolation that this machine can give; in CI it must give them all."""
    if in_ci:
        return list(Isolation)
    machine = diagnose()
    return [tier for tier in Isolation if not machine.missing(tier)]


@pytest.fixture(params=isolations(), scope="session")
def isolation(request):
    return request.param


def backends():
    """Every backend that is installed; in CI, all of them on the oldest Python."""
    if in_ci and sys.version_info < (3, 12):
        return list(BACKENDS)
    return [backend for backend in BACKENDS if importlib.util.find_spec(backend)]


@pytest.fixture(params=backends(), scope="session")
def backend(request):
    return request.param


class Grade:
    """Runs `autograder grade 01_convolution` on our own course, as one would in a terminal."""

    def __init__(self, folder):
        self._folders = (folder / str(i) for i in itertools.count())

    def command(self, json, assignment="01_convolution"):
        command = [sys.executable, "-m", "autograder", "grade", assignment]
        return [*command, "--json", str(json), "--course", str(ROOT)]

    def __call__(self, *arguments, assignment="01_convolution"):
        folder = next(self._folders)
        folder.mkdir()
        path = folder / "results.json"
        command = [*self.command(path, assignment), *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, cwd=folder)
        done.json = path
        return done


@pytest.fixture(scope="session")
def grade(tmp_path_factory):
    return Grade(tmp_path_factory.mktemp("results"))


@pytest.fixture(scope="session")
def autograder():
    """Runs the command `autograder`, as one would in a terminal."""

    def run(*arguments):
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, text=True, timeout=300)

    return run
