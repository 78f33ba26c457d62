"""How a verdict is told: a sign and a tone, never by colour alone; points; a stranger's text."""

import unicodedata
from dataclasses import dataclass

from autograder.results import Part, Verdict, VerdictKind

LONGEST = 2000
"""Characters of a text that are shown; messages are a line or a few."""


@dataclass(frozen=True)
class Sign:
    """A verdict at a glance. `tone` is "good", "part", "bad", "none" or "loud"."""

    symbol: str
    tone: str


SIGNS = {
    VerdictKind.PASSED: Sign("✓", "good"),
    VerdictKind.PARTIAL: Sign("◐", "part"),
    VerdictKind.FAILED: Sign("✗", "bad"),
    VerdictKind.NOT_ATTEMPTED: Sign("–", "none"),
    VerdictKind.ERROR: Sign("!", "bad"),
    VerdictKind.FORBIDDEN: Sign("⊘", "bad"),
    VerdictKind.TIMEOUT: Sign("◷", "bad"),
    VerdictKind.OUT_OF_MEMORY: Sign("▦", "bad"),
    VerdictKind.CRASHED: Sign("↯", "bad"),
    VerdictKind.UNGRADED: Sign("?", "loud"),
}


def number(value: float) -> str:
    """Points as one would write them: 10, 7.5."""
    return f"{round(value, 2):.10g}"


def points(verdict: Verdict | Part) -> str:
    """What a check earned, in words; what is ungraded is no zero."""
    most = number(verdict.max_score)
    if verdict.kind is VerdictKind.UNGRADED:
        return f"{most} points, not graded yet"
    return f"{number(verdict.score)} of {most} points"


def by_hand(more: float) -> str:
    """What follows a sum of points where an instructor gives more of them."""
    verb = "is" if more == 1 else "are"
    return f" so far; {number(more)} more {verb} given by hand" if more else ""


def advice(verdict: Verdict) -> list[str]:
    """What a wrong answer looks like, and what to look at: none, one or two lines."""
    looks = f"Looks like: {verdict.misconception}" if verdict.misconception else ""
    hint = f"Hint: {verdict.hint}" if verdict.hint else ""
    return [line for line in (looks, hint) if line]


def duration(seconds: float) -> str:
    """A time as one would say it: 31 ms, 1.8 s, 95 s."""
    if seconds < 1:
        return f"{1000 * seconds:.3g} ms"
    return f"{seconds:.2g} s" if seconds < 10 else f"{seconds:.0f} s"


def readable(text: object, longest: int = LONGEST) -> str:
    """A stranger's text without what disturbs a page or terminal, cut where it is long.

    Control characters go, and so do those that turn the direction of writing around them and halves
    of surrogate pairs, which no encoding can write.
    """
    whole = str(text)
    if len(whole) <= longest and whole.isprintable():
        return whole
    clean = "".join(
        c if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cf", "Cs") else "�"
        for c in whole[:longest]
    )
    return clean if len(whole) <= longest else f"{clean} …"
