"""What an author states about credit, what builds on what and what is forbidden."""

import pytest

from autograder.checks import Check
from autograder.validation import complaint


def function(name="double", **fields):
    return Check(name, 10, lambda x: 2 * x, **fields)


def layer(name="Scale", **fields):
    return Check(name, {"forward": 10}, lambda x: x, kind="layer", **fields)


WRONG = [
    ([function(credit="some")], "double has credit='some', expected all or share"),
    ([layer(credit="share")], 'Scale has credit="share", which is for functions; give its parts'),
    ([function(builds_on="half")], "double has builds_on='half', expected a tuple of names"),
    (
        [function(builds_on=["half"])],
        "double builds on 'half', expected a check that stands above it: none",
    ),
    (
        [function(builds_on=["half"]), function("half", builds_on=["double"])],
        "double builds on 'half', expected a check that stands above it: none",
    ),
    (
        [function("half"), function(builds_on=["double"])],
        "double builds on 'double', expected a check that stands above it: half",
    ),
    (
        [layer(), function(builds_on=["Scale"])],
        "double builds on 'Scale', which is a layer; expected a function",
    ),
    (
        [function(), function("twice", target="double", builds_on=["double"])],
        "twice builds on 'double', which asks for the same double; a stand-in would earn it",
    ),
    ([function(forbidden="numpy")], "double has forbidden='numpy', expected a tuple of names"),
    (
        [function(forbidden=["np.dot()"])],
        "double forbids 'np.dot()', expected a dotted name as \"numpy.convolve\"",
    ),
    ([function(forbidden=[len])], "expected a dotted name as"),
    ([function(limits=["processes"])], "double has limits=['processes'], expected as"),
    (
        [function(limits={"memory": 1})],
        "double limits 'memory', expected some of memory_bytes, processes, file_bytes",
    ),
    (
        [function(limits={"call_seconds": 9})],
        "open_files; seconds= says how long a call may compute",
    ),
    (
        [function(limits={"memory_bytes": "4 GiB"})],
        "double has limits in which memory_bytes is '4 GiB', expected a whole number above 0",
    ),
]


@pytest.mark.parametrize(("checks", "line"), WRONG, ids=[line for _, line in WRONG])
def test_what_makes_no_sense_is_named_in_one_line(checks, line):
    said = complaint(checks)
    assert line in said
    assert "\n" not in said


def test_what_makes_sense_is_not_complained_about():
    half = function("half", credit="share", forbidden=["numpy.dot", "scipy", "keras.layers.Conv2D"])
    quarter = function("quarter", builds_on=["half"], limits={"memory_bytes": 4 << 30})
    assert complaint([half, quarter, layer(builds_on=("half", "quarter"))]) is None
