"""An assignment's checks put to functions in this process, as a grading run would put them."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from runpy import run_path

import pytest

from autograder.asking import ask
from autograder.examining import examine
from autograder.worker.calls import CALLS

COURSE = Path(__file__).parents[2] / "course"


@cache
def checks(assignment):
    return {check.name: check for check in run_path(COURSE / assignment / "checks.py")["CHECKS"]}


@cache
def question(assignment, name, secret):
    return ask(checks(assignment)[name], assignment, secret)


@pytest.fixture
def judge():
    """The verdict on a namespace; `hidden` leaves out what students see."""

    def judge(assignment, name, namespace, secret, hidden=False):
        asked = question(assignment, name, secret)
        if hidden:
            trials = tuple(trial for trial in asked.trials if not trial.case.public)
            asked = replace(asked, trials=trials)
        return examine(asked, lambda request: CALLS[request["kind"]](request, namespace))

    return judge
