"""What can be said of a cell's source without running it."""

import io
import tokenize

_LONGEST = 200_000  # characters; what is longer is no stub

_SPACING = {tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER}


def is_blank(source: str) -> bool:
    """Whether there is nothing but comments."""
    return len(source) <= _LONGEST and not _lines(source)


def same_code(one: str, other: str) -> bool:
    """Whether two sources differ in spacing and comments only."""
    if one.strip() == other.strip():
        return True
    return max(len(one), len(other)) <= _LONGEST and _tokens(one) == _tokens(other)


def same_text(one: str, other: str) -> bool:
    """Whether two texts have the same words."""
    return one.split() == other.split()


def _tokens(source: str) -> list[object]:
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
