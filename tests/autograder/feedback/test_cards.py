"""A verdict in a notebook: as text, and as HTML that brings nothing but itself."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.feedback import cards
from autograder.feedback.panels import panels
from autograder.feedback.signs import SIGNS
from autograder.results import VerdictKind


@pytest.mark.parametrize("kind", VerdictKind)
def test_every_kind_has_a_sign_of_its_own_and_is_named(kind, verdict, fragment):
    sign = SIGNS[kind].symbol
    assert sum(other.symbol == sign for other in SIGNS.values()) == 1
    for text in (cards.text(verdict(kind)), fragment(cards.html(verdict(kind))).text):
        assert sign in text
        assert str(kind) in text
        assert "conv2d" in text


def test_the_text_says_what_to_mend(verdict):
    assert cards.text(verdict(VerdictKind.FAILED)) == (
        "✗ conv2d: failed, 0 of 10 points\n"
        "  slide 1: element [0, 2] is 99, expected 8\n"
        "  x float32 (5, 5) → yours float32 (3, 3), expected shape (3, 3)\n"
        "  Hint: mind the stride"
    )


def test_a_misconception_is_named_before_its_hint(verdict, fragment):
    failed = verdict(VerdictKind.FAILED, misconception="kernel flipped")
    lines = ["Looks like: kernel flipped", "Hint: mind the stride"]
    assert cards.text(failed).splitlines()[-2:] == [f"  {line}" for line in lines]
    assert " ".join(lines) in fragment(cards.html(failed)).text


def test_the_html_says_the_same_and_shows_both_arrays(verdict, fragment):
    failed = verdict(VerdictKind.FAILED)
    seen = fragment(cards.html(failed, panels(failed.difference)))
    for line in (
        failed.message,
        "Hint: mind the stride",
        "x float32 (5, 5)",
        "yours float32 (3, 3)",
    ):
        assert line in seen.text
    assert seen.tags["table"] == 3
    assert sum("underline" in style for style in seen.values("style")) == 2


def test_a_picture_has_a_description(verdict, fragment):
    failed = verdict(VerdictKind.FAILED)
    image = np.eye(5, 4)
    drawn = replace(failed.difference, observed=image + 1, expected=image)
    seen = fragment(cards.html(failed, panels(drawn, picture=True)))
    assert seen.values("alt")[-1] == "yours − expected, blue: too small, red: too large"
    assert seen.tags["img"] == 3


def test_hostile_text_stays_text(hostile, fragment):
    for one in hostile.verdicts:
        drawn = panels(one.difference) if one.difference else []
        seen = fragment(cards.html(one, drawn))
        assert not seen.foreign()
        assert "<script>alert(1)</script>" in seen.text
        assert not set(seen.text) & set("\x00\x1b\u202e\ud800")


def test_text_keeps_the_notebooks_colour_so_that_every_theme_suits(verdict):
    html = cards.html(verdict(VerdictKind.FAILED))
    badge = html[html.index("<span") : html.index("</span>")]
    assert "color:#fff" in badge
    assert ";color:" not in html.replace(badge, "")
