"""What several tests share."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.isolation import Isolation

ROOT = Path(__file__).parent.parent
in_ci = bool(os.environ.get("CI"))


def isolations():
    """Every isolation that this machine can give; in CI it must give them all."""
    if shutil.which("bwrap") or in_ci:
        return list(Isolation)
    return [Isolation.TRUSTED]


@pytest.fixture(params=isolations(), scope="session")
def isolation(request):
    return request.param


@pytest.fixture(scope="session")
def grade(tmp_path_factory):
    """Runs `autograder grade 01_convolution` on our own course, as one would in a terminal."""

    def run(*arguments, assignment="01_convolution", **options):
        path = tmp_path_factory.mktemp("results") / "results.json"
        command = [sys.executable, "-m", "autograder", "grade", assignment, "--json", path]
        done = subprocess.run(
            list(map(str, (*command, "--course", ROOT, *arguments))),
            capture_output=True,
            text=True,
            timeout=300,
            **options,
        )
        done.json = path
        return done

    return run
