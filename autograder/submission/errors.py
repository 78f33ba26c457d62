"""What can be wrong with what was handed in, and how its names are shown."""

import unicodedata


class SubmissionError(ValueError):
    """A folder or zip in which no submissions can be found. One line, for the instructor."""


class Unreadable(SubmissionError):
    """A submission that cannot be graded as it is. One line that names the file and the remedy."""


def one_line(text: object, width: int = 80) -> str:
    """A stranger's text as one short line: no control characters, the middle cut out."""
    clean = "".join(
        "�" if unicodedata.category(c)[0] in "CZ" and c != " " else c for c in str(text)
    )
    if len(clean) <= width:
        return clean
    return f"{clean[: width // 2 - 1]}…{clean[-(width // 2) :]}"
