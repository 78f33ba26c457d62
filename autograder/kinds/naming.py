"""Which code defines a name, as far as its text tells."""

import re


def defines(source: str, name: str) -> bool:
    """Whether a cell's source has a function, a class or an assignment of that name."""
    name = re.escape(name)
    return bool(re.search(rf"^\s*((async\s+)?def|class)\s+{name}\b|^\s*{name}\s*=", source, re.M))
