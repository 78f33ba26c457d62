"""Hashes that tell a result from one of another submission, other checks or another environment."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from autograder.protocol import Value, encode


def fingerprint(thing: object) -> str:
    """A hash of bytes, values, mappings or dataclasses: equal ones have equal hashes.

    Fields that take no part in comparisons, such as functions, are left out.
    """
    return sha256(thing if isinstance(thing, bytes) else encode(_plain(thing))).hexdigest()


@cache
def own_code() -> str:
    """A hash of this package's code, by which all is judged."""
    root = Path(__file__).parent
    files = {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*.py")}
    return fingerprint([[name, fingerprint(files[name])] for name in sorted(files)])


def _plain(thing: Any) -> Value:
    if is_dataclass(thing):
        own = [field.name for field in fields(thing) if field.compare]
        return {name: _plain(getattr(thing, name)) for name in own}
    if isinstance(thing, Mapping):
        return {str(name): _plain(thing[name]) for name in sorted(thing)}
    if isinstance(thing, list | tuple):
        return [_plain(item) for item in thing]
    return str(thing) if isinstance(thing, str) else thing
