"""Standard error, at the level of the file descriptor."""

import os

import pytest

from cnncourse.quiet import standard_error_held_back


def test_chatter_is_dropped_and_later_words_are_not(capfd):
    with standard_error_held_back():
        os.write(2, b"chatter\n")
    os.write(2, b"an answer\n")
    assert capfd.readouterr().err == "an answer\n"


def test_with_an_exception_everything_is_shown(capfd):
    with pytest.raises(RuntimeError):
        fail_after(b"what went wrong\n")
    assert capfd.readouterr().err == "what went wrong\n"


@standard_error_held_back()
def fail_after(words: bytes) -> None:
    os.write(2, words)
    raise RuntimeError
