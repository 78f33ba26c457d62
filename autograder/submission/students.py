"""Student ids: one for each person, safe as a folder's name and as a key of nbgrader's database.

- nbgrader's layout and the flat one: the name of the folder or file, as the instructor chose it.
- Moodle: "Full Name_12345". The number is Moodle's own for this person in this assignment; names
  alone are not unique. Moodle counts anew in each assignment, so the id differs between them.
- Canvas: "lastfirst_123". The number is the person's own in all of Canvas.

A name that cannot be a folder's is made safe, with a hash of the original behind it, so that two
names that look alike once they are safe stay two students.
"""

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

MAX_ID_BYTES = 120
"""nbgrader's database holds 128 characters, most file systems 255 bytes."""

# Separators, what Windows refuses, and what nbgrader would take for a pattern of names.
_UNSAFE = re.compile(r'[/\\:*?"<>|\[\]{}]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\..*)?", re.IGNORECASE)


def student_ids(names: Iterable[str]) -> dict[str, str]:
    """The id of each name; no two are equal, not even where upper and lower case are one."""
    ids = {name: _safe(name) for name in names}
    shared = Counter(student.casefold() for student in ids.values())
    return {
        name: _marked(student, name) if shared[student.casefold()] > 1 else student
        for name, student in ids.items()
    }


def _safe(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    clean = _UNSAFE.sub("-", "".join("-" if _is_control(c) else c for c in text))
    clean = clean.lstrip(".- ").rstrip(". ")
    if (
        not clean
        or clean != text
        or _DEVICES.fullmatch(clean)
        or len(clean.encode()) > MAX_ID_BYTES
    ):
        return _marked(clean, name)
    return clean


def _is_control(character: str) -> bool:
    return unicodedata.category(character)[0] == "C" or character in "\u2028\u2029"


def _marked(clean: str, name: str) -> str:
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:8]
    short = clean.encode()[: MAX_ID_BYTES - 9].decode(errors="ignore").rstrip(". ") or "student"
    return f"{short}-{digest}"
