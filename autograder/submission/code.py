"""What can be said of a cell's source without running it."""

import hashlib
import io
import tokenize
from collections.abc import Iterable

_LONGEST = 200_000  # characters; what is longer is no stub
_WIDEST = 1_000  # of one line: until Python 3.12 some take time that grows with the square of it

_SPACING = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def is_blank(source: str) -> bool:
    """Whether there is nothing but comments."""
    return len(source) <= _LONGEST and not _lines(source)


def code_digest(source: str) -> str:
    """What two sources share that differ in spacing and comments only."""
    source = source.strip()
    return _digest(_tokens(source) if len(source) <= _LONGEST else [source])


def text_digest(text: str) -> str:
    """What two texts share that have the same words."""
    return _digest(text.split())


def _digest(words: Iterable[object]) -> str:
    return hashlib.sha256(repr(list(words)).encode()).hexdigest()


def _tokens(source: str) -> list[object]:
    if max(map(len, source.splitlines()), default=0) > _WIDEST:
        return list(_lines(source))
    tokens: list[object] = []
    try:
        for token in tokenize.generate_tokens(io.StringIO(source).readline):
            if token.type in _SPACING:
                tokens.append(token.type)
            elif token.type not in (tokenize.COMMENT, tokenize.NL):
                tokens.append(token.string)
    except (tokenize.TokenError, SyntaxError, ValueError):
        return list(_lines(source))  # not Python: a magic, or a slip
    return tokens


def _lines(source: str) -> list[str]:
    lines = (line.strip() for line in source.splitlines())
    return [line for line in lines if line and not line.startswith("#")]
