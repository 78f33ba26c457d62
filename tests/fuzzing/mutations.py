"""Bytes and JSON changed in ways that no honest program would, drawn by Hypothesis.

What JSON libraries refuse to write (depth, numbers of thousands of digits, a key twice) is written
as a mark in a text or key, which `dumped` replaces by the real thing.
"""

import copy
import json
import re
from typing import Any

from hypothesis import strategies as st

MARK = "\N{SECTION SIGN}"
_MARKED = re.compile(rf'"{MARK}(deep|raw):([^"]*)"')

WORDS = (
    *("", " ", "a", "\n", "\t", "# ", "def f(x):\n    return x\n", "<script>", "![x](y)", "](("),
    *("`", "```mermaid", "$$", "\\href{x}{y}", "\x1b[31m", "\x1b]0;", "\0", "\r", "\x0c", "\x85"),
    *("\ud800", "\udfff\ud800", "\N{PILE OF POO}", "e\u0301", "\u202e", "\u2028", "\ufeff"),
    *("%matplotlib inline", "!ls", "{{", "{%", "=1+1", "../..", "'", '"', "\\", "&lt;", "]]>"),
    *("code", "markdown", "raw", "float32", "object", "$array", "$tuple", "returned", "raised"),
    *("missing", "observed", "unsupported", "unfit", "of wrong kind", "outcome", "value", "parts"),
)

TIMES = (1, 2, 40, 1_000, 30_000, 300_000)

NUMBERS = (0, 1, -1, 2, 4, 255, 2**31, -(2**63), 2**64, 1e308, -0.0, 0.5, 1e-320)

RAW = ("NaN", "-Infinity", "1e999", "-0", "9" * 4_000, "-" + "9" * 4_299, "9" * 5_000, "0.1" * 3)

DEPTHS = st.one_of(st.sampled_from((2, 40, 100_000)), st.integers(100, 1_000))

texts = st.one_of(
    st.text(max_size=20),
    st.tuples(st.sampled_from(WORDS), st.sampled_from(TIMES)).map(
        lambda pair: (pair[0] * pair[1])[: TIMES[-1]]
    ),
)

plain = st.one_of(
    st.sampled_from([None, True, False]),
    st.sampled_from(NUMBERS),
    st.integers(),
    st.floats(),
    texts,
    st.sampled_from(RAW).map(lambda number: f"{MARK}raw:{number}"),
    DEPTHS.map(lambda depth: f"{MARK}deep:{depth}"),
)

values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3)
)
"""Whatever JSON can say, and a little more."""


def dumped(document: Any) -> bytes:
    """A document as JSON, with what stands for more than `json` writes."""
    text = json.dumps(document)
    mark = json.dumps(MARK)[1:-1]
    text = text.replace(f'{mark}again":', '":')
    return re.sub(_MARKED.pattern.replace(MARK, re.escape(mark)), _real, text).encode()


def _real(match: re.Match[str]) -> str:
    kind, what = match.groups()
    return what if kind == "raw" else "[" * int(what) + "]" * int(what)


def places(document: Any) -> list[tuple[Any, Any]]:
    """Every place in a document, as what contains it and its key there."""
    found: list[tuple[Any, Any]] = []
    todo = [document]
    while todo:
        container = todo.pop()
        keys = list(container) if isinstance(container, dict) else range(len(container))
        for key in keys:
            found.append((container, key))
            if isinstance(container[key], dict | list):
                todo.append(container[key])
    return found


@st.composite
def json_changes(draw: st.DrawFn, document: Any, other: st.SearchStrategy[Any] = values) -> Any:
    """The same document, itself changed in one place.

    Args:
        other: what may come in the place of a value.
    """
    found = places(document)
    if not found:
        return document
    container, key = found[draw(st.integers(0, len(found) - 1))]
    change = draw(st.sampled_from(("replace", "drop", "copy", "again", "swap", "wrap")))
    if change == "replace":
        container[key] = draw(other)
    elif change == "drop":
        del container[key]
    elif change == "copy" and isinstance(container, list):
        container[key:key] = copy.deepcopy(container[key : key + 1]) * draw(st.integers(1, 3))
    elif change == "again" and isinstance(container, dict):
        container[f"{key}{MARK}again"] = draw(other)
    elif change == "swap":
        there, own = found[draw(st.integers(0, len(found) - 1))]
        _exchange(container, key, there, own)
    else:
        container[key] = [container[key]]
    return document


def _exchange(one: Any, key: Any, other: Any, own: Any) -> None:
    """Put copies in each other's place, so that nothing comes to contain itself."""
    first, second = copy.deepcopy(one[key]), copy.deepcopy(other[own])
    one[key] = second
    if own in other if isinstance(other, dict) else own < len(other):
        other[own] = first


@st.composite
def byte_changes(draw: st.DrawFn, data: bytes, other: bytes = b"") -> bytes:
    """The same bytes, changed in one place.

    Args:
        other: what a piece may be taken from.
    """
    start = draw(st.integers(0, len(data)))
    end = min(len(data), start + draw(st.sampled_from((1, 2, 9, 64, 4_096))))
    change = draw(st.sampled_from(("flip", "insert", "drop", "copy", "cut", "splice")))
    if change == "flip" and start < len(data):
        flipped = data[start] ^ draw(st.integers(1, 255))
        return data[:start] + bytes([flipped]) + data[start + 1 :]
    if change == "insert":
        return data[:start] + draw(st.binary(max_size=8)) + data[start:]
    if change == "drop":
        return data[:start] + data[end:]
    if change == "copy":
        return data[:end] + data[start:end] * draw(st.sampled_from((1, 3, 50))) + data[end:]
    if change == "splice" and other:
        return data[:start] + other[draw(st.integers(0, len(other) - 1)) :]
    return data[:start]
