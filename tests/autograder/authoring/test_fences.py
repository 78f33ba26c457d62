"""What cannot be noticed cannot be forbidden, and its author is told so."""

from dataclasses import replace

import pytest

from autograder.authoring.errors import BuildError
from autograder.authoring.fences import refuse_unseen
from autograder.checks import Check
from autograder.course import open_course
from tests.conftest import ROOT

DOUBLE = Check("double", 10, lambda x: 2 * x)


@pytest.fixture
def refuse():
    assignment = open_course(ROOT).assignment("01_convolution")
    return lambda name: refuse_unseen(assignment, [DOUBLE, replace(DOUBLE, forbidden=[name])])


SEEN = [
    "numpy",
    "numpy.convolve",
    "numpy.dot",
    "numpy.fft",
    "numpy.fft.fft",
    "numpy.ndarray.dot",
    "numpy.poly1d",
    "numpy.lib.stride_tricks.sliding_window_view",
    "builtins.sum",
    "math.fsum",
    "email.message.Message",
    "wave",
    "wave.open",
    "torch",
    "jax.numpy.convolve",
]


@pytest.mark.parametrize("name", SEEN)
def test_what_leaves_a_trace_may_be_forbidden(refuse, name):
    refuse(name)


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("numpy.convolv", "which does not exist"),
        ("numpy.fft.convolve", "which does not exist"),
        ("numpy.matmul", "whose calls leave no trace"),
        ("builtins.map", "whose calls leave no trace"),
        ("numpy.pi", "whose calls leave no trace"),
        ("sum", "which is no module; say builtins.sum"),
        ("max", "which is no module; say builtins.max"),
        ("double", "but no module double is installed"),
        ("np.convolve", "but no module np is installed; say the whole name, such as numpy.con"),
    ],
)
def test_what_forbids_nothing_is_named_in_one_line(refuse, name, why):
    with pytest.raises(BuildError) as error:
        refuse(name)
    assert f"check 'double' forbids {name!r}, {why}" in str(error.value)
    assert "checks.py: " in str(error.value)
    assert "\n" not in str(error.value)
