"""What a run asks where it is to ask a part."""

import subprocess
import sys
from types import SimpleNamespace

import pytest

from autograder.checks import Check
from autograder.course import CourseError
from autograder.planning import Plan

CHECKS = [
    Check("one", 1, abs),
    Check("two", 1, abs, builds_on=["one"]),
    Check("three", 1, abs, builds_on=["two"]),
    Check("other", 1, abs),
]


def asked(*names):
    assignment = SimpleNamespace(name="01", checks=lambda: tuple(CHECKS))
    plan = Plan(None, assignment, [], None, 1, None, "", checks=names)
    return [check.name for check in plan.asked()]


@pytest.mark.parametrize(
    ("names", "wanted"),
    [
        ((), ["one", "two", "three", "other"]),
        (("other",), ["other"]),
        (("three",), ["one", "two", "three"]),
        (("other", "two"), ["one", "two", "other"]),
    ],
)
def test_what_a_check_builds_on_is_asked_with_it(names, wanted):
    assert asked(*names) == wanted


def test_an_unknown_check_is_named():
    with pytest.raises(CourseError, match="01 has no check four; it has: one, two, three, other"):
        asked("four")


def test_nothing_is_imported_before_a_warm_parent_starts_that_only_some_runs_need():
    program = """
import sys
import autograder.machine, autograder.run
assert not {"IPython", "jupytext", "nbgrader", "sqlalchemy"} & sys.modules.keys()
"""
    subprocess.run([sys.executable, "-c", program], check=True)
