"""Which code defines a name, as far as its text tells."""

import re


def defines(source: str, name: str) -> bool:
    """Whether a cell's source has a function, a class or an assignment of that name."""
    if name not in source:
        return False
    # Not \s at the beginning: empty lines would be looked through again from each of them.
    name, begin = re.escape(name), r"^[^\S\n]*"
    pattern = rf"{begin}((async\s+)?def|class)\s+{name}\b|{begin}{name}\s*="
    return bool(re.search(pattern, source, re.M))
