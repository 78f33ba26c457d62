"""What the journal keeps comes back as it was."""

import json
from dataclasses import replace

import numpy as np
import pytest

from autograder.grade import Graded
from autograder.journal import entries
from autograder.results import Difference, Part, Result, Verdict, VerdictKind


def nested(depth):
    value = np.arange(3)
    for _ in range(depth):
        value = [value]
    return value


ODD = {"nan": float("nan"), "big": 10**300, "text": "\ud800\x00é", "none": None, "tuple": (1, True)}
DIFFERENCE = Difference(
    "f(x)",
    {"x": np.array([[1.5, np.nan]], np.float32), "k": 2},
    {**ODD, "deep": nested(30)},
    np.ones((), np.float64),
    {"x": np.ones((2, 2))},
)
PARTS = (Part("a", VerdictKind.PASSED, 1, 1), Part("b", VerdictKind.ERROR, 0.0, 2.5, "raised"))
VERDICTS = [
    Verdict("plain", VerdictKind.PASSED, 3, 3, seconds=0.25),
    Verdict("parts", VerdictKind.PARTIAL, 1.0, 3.5, "m\n2", "hint", 1.0, parts=PARTS),
    Verdict(
        "shown",
        VerdictKind.FAILED,
        0.0,
        2,
        "wrong",
        difference=DIFFERENCE,
        misconception="kernel flipped",
        evidence={"case": "hidden case 1", "numbers": [1.0, "nan"]},
    ),
]
OUTPUTS = {
    0: {"stdout": "text", "result": "", "error": None, "images": []},
    7: {
        "stdout": "",
        "result": "\ud800",
        "error": {"type": "E", "message": "", "traceback": "t"},
        "images": [np.frombuffer(b"\x89PNG", np.uint8), None],
    },
}


def kept(graded, checks):
    """An entry, as it is read from a file."""
    return json.loads(json.dumps(entries.packed(graded, checks)))


def same(one, other):
    np.testing.assert_equal(one, other)
    return True


@pytest.mark.parametrize("verdict", VERDICTS, ids=lambda one: one.check)
def test_a_verdict_comes_back_as_it_was(verdict):
    graded = Graded(Result("ada", "01", (verdict,)))
    found = entries.verdict(kept(graded, [verdict.check]), verdict.check)
    assert replace(found, difference=None) == replace(verdict, difference=None)
    assert (found.difference is None) == (verdict.difference is None)
    if verdict.difference:
        assert same(vars(found.difference), vars(verdict.difference))
        assert type(found.difference.observed["tuple"]) is tuple
        assert found.difference.inputs["x"].dtype == np.float32
    assert found.as_json() == verdict.as_json()


def test_outputs_come_back_as_they_were():
    graded = Graded(Result("ada", "01", ()), outputs=OUTPUTS)
    assert same(entries.outputs(kept(graded, [])), OUTPUTS)


def test_only_the_checks_asked_for_are_kept():
    graded = Graded(Result("ada", "01", tuple(VERDICTS)))
    assert kept(graded, ["parts"])["verdicts"].keys() == {"parts"}
