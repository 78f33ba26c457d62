"""Which code defines a name, as far as its text tells."""

import pytest

from autograder.kinds.naming import defines


@pytest.mark.parametrize(
    "source",
    [
        "def conv2d(x):",
        "\n\n    async  def conv2d(x):",
        "class conv2d:",
        "x = 1\n\tconv2d = x",
        "\x0cconv2d\n= 1",
    ],
)
def test_a_definition_is_seen(source):
    assert defines(source, "conv2d")


@pytest.mark.parametrize(
    "source", ["", "conv2d(x)", "def conv2d_same(x):", "x.conv2d = 1", "# def conv2d(x):"]
)
def test_what_defines_nothing_is_none(source):
    assert not defines(source, "conv2d")


def test_empty_lines_are_read_once():
    """Were they read again from each of them, this would take days."""
    assert not defines("\n" * 4_000_000 + "conv2d", "conv2d")
