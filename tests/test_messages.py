"""docs/messages.md is what students are told: each answer there is graded, and each verdict met."""

import os
import re

import pytest

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import make_messages

from autograder.results import VerdictKind
from tests.conftest import isolations

pytestmark = pytest.mark.slow

ISOLATION = isolations()[0]
SAID = make_messages.PAGE.read_text(encoding="utf-8")


def settled(line):
    """A line without what depends on how busy the machine is."""
    return re.sub(r"(\*timeout\*: .*?: \w+) .*", r"\1", line)


def lines(text):
    return [settled(line) for line in text.splitlines()]


@pytest.mark.parametrize("file", make_messages.ANSWERS)
def test_the_page_says_what_students_are_told(file):
    told = "\n".join(make_messages.entries(file, ISOLATION))
    said = "\n".join(lines(SAID))
    for part in told.split("**")[1:]:
        assert "\n".join(lines(part)).strip().removesuffix("##") in said


def test_the_page_says_what_is_told_of_notebooks():
    assert "\n".join(make_messages.mended()) in SAID


def test_the_page_says_what_is_known_of_a_mistake():
    assert "\n".join(make_messages.explained(ISOLATION)) in SAID


def test_every_verdict_that_an_answer_can_have_is_there():
    there = set(re.findall(r"^> \*([a-z ]+)\*: ", SAID, re.MULTILINE))
    # Ungraded is our own failure, which tests/autograder provoke.
    assert there == {str(kind) for kind in VerdictKind} - {"ungraded"}
