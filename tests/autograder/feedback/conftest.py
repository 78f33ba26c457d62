"""Results to look at: one of each kind, and texts that want to be more than texts; and HTML as a
browser's parser sees it."""

from collections import Counter
from html.parser import HTMLParser

import numpy as np
import pytest

from autograder.results import Difference, Result, Verdict, VerdictKind

X = np.arange(25, dtype=np.float32).reshape(5, 5)
HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)>{{ 7*7 }}\x00\x1b[2J\u202e\ud800"
)


ELEMENTS = """html head meta title style body header main footer section h1 h2 p b ul li a code
    span div figure figcaption img table caption thead tbody tfoot tr th td mark"""
ATTRIBUTES = """lang charset name content http-equiv class id href src alt style title scope role
    tabindex aria-label aria-labelledby aria-hidden"""


class Page(HTMLParser):
    """The elements, attributes and text of some HTML."""

    def __init__(self, html):
        super().__init__()
        self.tags, self.attributes, self.texts = Counter(), [], []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.tags[tag] += 1
        self.attributes += attrs

    def handle_data(self, data):
        self.texts.append(data)

    @property
    def text(self):
        return " ".join(" ".join(self.texts).split())

    def values(self, name):
        """All values of an attribute."""
        return [value for key, value in self.attributes if key == name]

    def foreign(self):
        """Elements, attributes and addresses that are none of ours."""
        addresses = [*self.values("href"), *self.values("src")]
        return (
            (set(self.tags) - set(ELEMENTS.split()))
            | ({key for key, _ in self.attributes} - set(ATTRIBUTES.split()))
            | {a for a in addresses if not a.startswith(("data:image/png;base64,", "students/"))}
        )


@pytest.fixture
def page():
    """Reads a page from its file."""
    return lambda path: Page(path.read_text(encoding="utf-8"))


@pytest.fixture
def fragment():
    """Reads a piece of HTML."""
    return Page


@pytest.fixture
def difference():
    expected = X[1:4, 1:4].astype(np.float64)
    observed = expected.astype(np.float32)
    observed[0, 2] = 99
    return Difference("conv2d(x, strides=1)", {"x": X, "strides": 1}, observed, expected)


@pytest.fixture
def verdict(difference):
    """Makes a verdict of a kind."""

    def make(kind, check="conv2d", **fields):
        score = 10.0 if kind is VerdictKind.PASSED else 0.0
        told = {"message": "slide 1: element [0, 2] is 99, expected 8", "hint": "mind the stride"}
        if kind is VerdictKind.FAILED:
            fields = {"difference": difference, **told, **fields}
        return Verdict(check, kind, score, 10.0, **{"seconds": 0.25, **fields})

    return make


@pytest.fixture
def every_kind(verdict):
    """A result in which each kind of verdict occurs once."""
    verdicts = tuple(verdict(kind, f"check_{i}") for i, kind in enumerate(VerdictKind))
    return Result("ada", "01_convolution", verdicts, ("a cell was put back",), isolation="full")


@pytest.fixture
def hostile(verdict):
    """A result whose every text comes from someone who wants to run a script."""
    difference = Difference(HOSTILE, {HOSTILE: X}, HOSTILE, X)
    failed = verdict(
        VerdictKind.FAILED, HOSTILE, message=HOSTILE, hint=HOSTILE, difference=difference
    )
    ungraded = verdict(VerdictKind.UNGRADED, "other", message=HOSTILE)
    return Result("ada", "01_convolution", (failed, ungraded), (HOSTILE,), HOSTILE, HOSTILE)
