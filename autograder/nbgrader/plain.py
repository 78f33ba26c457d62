"""A stranger's text as text: no terminal codes, no characters that hide or turn what is written."""

import re

from autograder.feedback.products import line
from autograder.feedback.signs import advice
from autograder.results import Verdict

LONGEST = 20_000
"""Characters of one text that are kept."""

ANSI = re.compile(r"\x1b(\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(\x07|\x1b\\)|[@-Z\\-_])")
LINE_ENDS = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control characters, halves of surrogate pairs (no encoding writes them), and what turns the
# direction of the text around it.
UNSEEN = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufeff]")


def plain(text: object, longest: int = LONGEST) -> str:
    """Text for a page or database, its lines ended by line feeds only, cut where it is long."""
    if not isinstance(text, str):
        return ""
    clean = UNSEEN.sub("", LINE_ENDS.sub("\n", ANSI.sub("", text[: 2 * longest])))
    return clean if len(clean) <= longest else f"{clean[:longest]}\n… cut here"


def told(verdict: Verdict) -> str:
    """A verdict as a few lines."""
    head = f"{verdict.check}: {verdict.kind}, {verdict.score:g} of {verdict.max_score:g} points"
    lines = [head, plain(verdict.message), line(verdict.difference), *map(plain, advice(verdict))]
    return "\n".join(filter(None, lines))
