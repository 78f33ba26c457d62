"""Which sources say the same."""

import pytest

from autograder.submission.code import code_digest, is_blank


@pytest.mark.parametrize(
    ("source", "other"),
    [
        ("x = 1", "x  =  1  # one"),
        ("def f(x):\n    return x", "\ndef f(x):\n  # as it is\n  return x\n"),
        ("%matplotlib inline", "  %matplotlib inline  "),
        ("x = 1" + " " * 2000, "x = 1"),
    ],
)
def test_spacing_and_comments_say_nothing(source, other):
    assert code_digest(source) == code_digest(other)


@pytest.mark.parametrize(
    ("source", "other"),
    [("x = 1", "x = 2"), ("if x:\n    y\nz", "if x:\n    y\n    z"), ("x = 'a  b'", "x = 'a b'")],
)
def test_all_else_does(source, other):
    assert code_digest(source) != code_digest(other)


# Python 3.11 takes minutes to find tokens in some such lines.
@pytest.mark.parametrize("line", ["x = (" + " " * 30_000 + "$)", r"\'" * 15_000])
def test_in_a_very_long_line_every_character_counts(line):
    assert code_digest(line) == code_digest(f"  {line}\n# it is long")
    assert code_digest(line) != code_digest(line.replace(" ", "", 1) + "'")


def test_comments_alone_are_nothing():
    assert is_blank("# nothing\n\n  # at all")
    assert not is_blank("pass")
