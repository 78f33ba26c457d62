"""Equal things have equal fingerprints, and whatever decides about points changes them."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.asking import ask
from autograder.checks import Case, Check, Limits
from autograder.fingerprints import fingerprint

CASE = Case("two", {"x": np.float32([2, 3])})
CHECK = Check("double", 60, lambda x: 2 * x, [CASE], lambda d: {"x": d.array(3)})
SECRET = b"secret"


def asked(secret=SECRET, **changes):
    return ask(replace(CHECK, **changes), "01", secret)


def test_the_same_question_has_the_same_fingerprint():
    assert fingerprint(asked()) == fingerprint(asked())
    assert len(fingerprint(asked())) == 64


CHANGES = {
    "points": {"points": 59},
    "a case": {"examples": [replace(CASE, inputs={"x": np.float32([2, 4])})]},
    "a shape": {"examples": [replace(CASE, inputs={"x": np.float32([[2, 3]])})]},
    "a dtype": {"examples": [replace(CASE, inputs={"x": np.float64([2, 3])})]},
    "a layout": {"examples": [replace(CASE, layout="read-only")]},
    "the reference": {"reference": lambda x: 3 * x},
    "the tolerance": {"rtol": 1e-6},
    "how many cases": {"hidden": 7},
    "the secret": {"secret": b"another"},
    "the hint": {"hint": "look"},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_what_decides_about_a_verdict_changes_it(change):
    assert fingerprint(asked(**change)) != fingerprint(asked())


def test_limits_and_mappings_have_fingerprints():
    assert fingerprint(Limits()) != fingerprint(Limits(call_seconds=6))
    assert fingerprint({"a": 1, "b": "2"}) == fingerprint({"b": "2", "a": 1})
    assert fingerprint(b"notebook") != fingerprint(b"notebook ")
