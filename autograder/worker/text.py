"""Text that a stranger's program wrote, made plain and kept short."""

import re

STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x08")
OVERWRITTEN = re.compile(r"[^\n]*\r(?!\n|\Z)")
"""What a progress bar wrote before it went back to the start of its line."""


def plain(value: object, characters: int) -> str:
    """The value as an exact `str` of UTF-8, cut where it is too long; "" where it has no text."""
    try:
        text = str.encode(str(value), "utf-8", "replace").decode()
    except Exception:  # a student's own __str__ may do anything
        return ""
    return shorten(STYLE.sub("", text), characters)


def shorten(text: str, characters: int) -> str:
    """At most so many characters, and how many are missing."""
    if len(text) <= characters:
        return text
    return f"{text[:characters]}\n{rest(len(text) - characters, characters)}"


def rest(missing: int, kept: int) -> str:
    """What stands in for text that is too long to keep."""
    return f"… (the rest, {missing} more characters, is not kept: {kept} are at most)"


def settled(text: str) -> str:
    """What a terminal would show in the end of lines that were written over, without colours."""
    return OVERWRITTEN.sub("", STYLE.sub("", text.replace("\r\n", "\n")))
