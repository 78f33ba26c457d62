"""Targets, each of them made once, and a short run of inputs that are the same every time."""

import pytest
from hypothesis import HealthCheck, given, settings

from tests.conftest import isolations


@pytest.fixture(scope="session")
def strongest():
    """The strongest isolation that this machine can give."""
    return isolations()[0]


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("fuzzing")


@pytest.fixture
def tried():
    """Tries a target with so many inputs."""

    def tried(target, count):
        @settings(
            max_examples=count,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(target.inputs)
        def attempt(one):
            target.attempt(one)

        attempt()
        target.close()

    return tried
