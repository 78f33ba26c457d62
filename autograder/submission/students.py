"""Student ids: one for each person, safe as a folder's name and as a key of nbgrader's database.

- nbgrader's layout and the flat one: the name of the folder or file, as the instructor chose it.
- Moodle: "Full Name_12345". The number is Moodle's own for this person in this assignment; names
  alone are not unique. Moodle counts anew in each assignment, so the id differs between them.
- Canvas: "lastfirst_123". The number is the person's own in all of Canvas.

A name that cannot be a folder's is made safe, with a hash of the original behind it, so that two
names that look alike once they are safe stay two students. So does a name that ends like such a
hash: nobody can choose a name that makes them another.
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
_DEVICES = re.compile(r"(con|prn|aux|nul|con(in|out)\$|(com|lpt)[\d¹²³]) *(\..*)?", re.IGNORECASE)
_DIGITS = 16  # of a hash; too many to find another name with the same ones
_MARKED = re.compile(rf".*-[0-9a-f]{{{_DIGITS}}}", re.IGNORECASE)


def student_ids(names: Iterable[str]) -> dict[str, str]:
    """The id of each name; no two are one to a file system that folds case or accents."""
    ids = {name: _safe(name) for name in names}
    shared = Counter(map(_folded, ids.values()))
    return {
        name: _marked(student, name) if shared[_folded(student)] > 1 else student
        for name, student in ids.items()
    }


def _folded(student: str) -> str:
    return unicodedata.normalize("NFD", unicodedata.normalize("NFD", student).casefold())


def _safe(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    clean = _UNSAFE.sub("-", "".join("-" if _is_control(c) else c for c in text))
    clean = clean.lstrip(".- ").rstrip(". ")
    if (
        not clean
        or clean != text
        or _DEVICES.fullmatch(clean)
        or _MARKED.fullmatch(clean)
        or len(clean.encode()) > MAX_ID_BYTES
    ):
        return _marked(clean, name)
    return clean


def _is_control(character: str) -> bool:
    """Control characters, marks that turn the direction of writing, spaces that look like none."""
    return not character.isprintable()


def _marked(clean: str, name: str) -> str:
    digest = hashlib.sha256(name.encode(errors="surrogatepass")).hexdigest()[:_DIGITS]
    short = clean.encode()[: MAX_ID_BYTES - _DIGITS - 1].decode(errors="ignore").rstrip(". ")
    return f"{short or 'student'}-{digest}"
