"""What can be wrong with what was handed in, and how a stranger's names are shown."""

import unicodedata


class SubmissionError(ValueError):
    """A folder or zip in which no submissions can be found. One line, for the instructor."""


class Unreadable(SubmissionError):
    """A submission that cannot be graded as it is. One line that names the file and the remedy."""


def one_line(text: object, width: int = 100) -> str:
    """A stranger's text as one short line: control characters replaced, the middle cut out."""
    line = str(text)
    if len(line) > width:
        line = f"{line[: width // 2]}…{line[width // 2 - width + 1 :]}"
    return "".join(c if c == " " or _is_plain(c) else "\N{REPLACEMENT CHARACTER}" for c in line)


def _is_plain(character: str) -> bool:
    # C: control, format (right-to-left marks too), surrogate, unassigned; Z: separators.
    return unicodedata.category(character)[0] not in "CZ"


def megabytes(size: int) -> str:
    """A size for a message: "104.9 MB"."""
    return f"{size / 1e6:.1f} MB"
