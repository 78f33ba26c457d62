"""A student's Markdown made harmless, whatever renders it.

nbconvert passes HTML and links of every kind on to the page. Cleaning what one parser makes of the
text would trust another to read it the same way. So what begins a tag, a link or a picture is
taken apart by a space, wherever it stands: no parser takes it for one, and code and formulas, where
the space means nothing, stay as they are to the eye.
"""

import re

from autograder.nbgrader.plain import plain

APART = (
    (re.compile(r"<(?=[A-Za-z/!?])"), "< "),  # tags, comments, <javascript:…>
    (re.compile(r"\](?=[(\[:])"), "] "),  # [text](url), [text][label], [label]: url
    # MathJax's own: links, styles, attributes of elements, more commands.
    (re.compile(r"\\(?=href|url\b|style|class|cssId|data|bbox|mmlToken|require)"), r"\\ "),
    (re.compile(r"(?<=[`~])(\s*)(?=mermaid)"), r"\1text "),  # nbconvert does not escape these
)


def harmless(source: str) -> str:
    """Markdown that holds no HTML and no links but bare https:// addresses."""
    text = plain(source)
    for begin, parted in APART:
        text = begin.sub(parted, text)
    return plain(text)  # it is longer now


def quoted(text: str) -> str:
    """Markdown that shows a text as it is: every line of it in one indented block of code."""
    return "\n".join(f"    {line}" for line in plain(text).split("\n"))
