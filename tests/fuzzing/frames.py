"""Messages of a submission's process, changed as values, as JSON and as bytes on the wire."""

import json

import numpy as np
from hypothesis import strategies as st

from autograder.protocol import DTYPES, HEADER, Array, Value, encode
from tests.fuzzing.mutations import byte_changes, dumped, json_changes, texts, values

NASTY = (np.nan, np.inf, -np.inf, -0.0, 1e30, -1e300, 1e-320, 0.5, 1.0, 255.0, 2.0**63)

special = st.one_of(
    values,
    st.integers(-2, 9).map(lambda number: {"$array": number}),
    st.lists(values, max_size=3).map(lambda items: {"$tuple": items}),
    st.sampled_from(sorted(DTYPES)),
    st.sampled_from(("returned", "raised", "missing", "unfit", "unsupported", "of wrong kind")),
    st.tuples(st.sampled_from(sorted(DTYPES)), st.lists(st.integers(-1, 1 << 26), max_size=9)).map(
        list
    ),
)
"""What may stand in a message's document, and what may not."""


@st.composite
def messages(draw: st.DrawFn, value: Value) -> bytes:
    """A frame that would have held the value."""
    level = draw(st.sampled_from(("value", "value", "value", "json", "json", "bytes", "header")))
    if level == "value":
        for _ in range(draw(st.integers(1, 2))):
            value = draw(changed(value))
        return encode(value)
    frame = encode(value)
    if level == "bytes":
        for _ in range(draw(st.integers(1, 3))):
            frame = draw(byte_changes(frame))
        return frame
    document, body = parts_of(frame)
    if level == "header":
        sizes = (
            draw(st.one_of(st.just(len(document)), st.integers(0, 2**32 - 1))),
            draw(st.one_of(st.just(len(body)), st.integers(0, 2**64 - 1))),
        )
        return HEADER.pack(*sizes) + document + body
    changed_document = json.loads(document)
    for _ in range(draw(st.integers(1, 3))):
        changed_document = draw(json_changes(changed_document, special))
    text = dumped(changed_document)
    return HEADER.pack(len(text), len(body)) + text + body


def parts_of(frame: bytes) -> tuple[bytes, bytes]:
    """The document and the arrays of a whole frame."""
    size, _ = HEADER.unpack_from(frame)
    return frame[HEADER.size : HEADER.size + size], frame[HEADER.size + size :]


@st.composite
def changed(draw: st.DrawFn, value: Value) -> Value:
    """The value, changed in one place, as one that may cross."""
    if isinstance(value, dict) and value and draw(st.integers(0, 9)):
        key = draw(st.sampled_from(sorted(value)))
        if not draw(st.integers(0, 9)):
            return {name: item for name, item in value.items() if name != key}
        return {**value, key: draw(changed(value[key]))}
    if isinstance(value, list | tuple) and value and draw(st.integers(0, 9)):
        place = draw(st.integers(0, len(value) - 1))
        items = list(value)
        items[place] = draw(changed(items[place]))
        return type(value)(items[: draw(st.sampled_from((len(items), place)))] or items)
    if isinstance(value, np.ndarray) and draw(st.integers(0, 9)):
        return draw(changed_arrays(value))
    return draw(others)


plain = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.sampled_from((10**400, -(2**64))),
    st.floats(),
    texts.map(lambda text: text[:3_000]),
)
arrays = st.builds(
    lambda dtype, shape, fill: np.full(shape, fill).astype(dtype),
    st.sampled_from(sorted(DTYPES)),
    st.lists(st.integers(0, 4), max_size=5),
    st.integers(0, 100),
)
others = st.recursive(
    st.one_of(plain, arrays),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.lists(inner, max_size=3).map(tuple),
        st.dictionaries(st.sampled_from(("a", "type", "message", "line", "0")), inner, max_size=3),
    ),
    max_leaves=5,
)
"""Any value that may cross."""


@st.composite
def changed_arrays(draw: st.DrawFn, array: Array) -> Value:
    """An array that is nearly the same, or of another shape, type or kind."""
    how = CHANGES[draw(st.sampled_from(sorted(CHANGES)))]
    with np.errstate(all="ignore"):
        return how(draw, array)


def _element(draw: st.DrawFn, array: Array) -> Array:
    copied = array.copy()
    if array.size:
        number = draw(st.sampled_from(NASTY))
        place = draw(st.integers(0, array.size - 1))
        copied.reshape(-1)[place] = np.asarray(number).astype(array.dtype)
    return copied


def _nearly(draw: st.DrawFn, array: Array) -> Value:
    factor = 1 + draw(st.sampled_from((1e-16, 1e-9, 1e-7, 1e-6, 1e-4, 1e-2, 1.0)))
    return np.asarray(array * factor).astype(array.dtype)


def _shifted(draw: st.DrawFn, array: Array) -> Value:
    return np.roll(array, draw(st.integers(-2, 2)), draw(st.integers(-1, array.ndim - 1)) or None)


def _typed(draw: st.DrawFn, array: Array) -> Array:
    return array.astype(draw(st.sampled_from(sorted(DTYPES))))


def _turned(draw: st.DrawFn, array: Array) -> Array:
    return np.transpose(array, draw(st.permutations(range(array.ndim))))


def _reshaped(draw: st.DrawFn, array: Array) -> Array:
    shapes = [(-1,), (1, *array.shape), (*array.shape, 1), array.shape[::-1]]
    return array.reshape(draw(st.sampled_from(shapes))) if array.size else array.reshape(0)


def _cut(draw: st.DrawFn, array: Array) -> Array:
    kept = draw(st.sampled_from((slice(1, None), slice(-1), slice(0, 0))))
    return array[kept] if array.ndim else array


def _listed(_: st.DrawFn, array: Array) -> Value:
    return array[:20].tolist() if array.ndim else array.item()


CHANGES = {
    "element": _element,
    "nearly": _nearly,
    "shifted": _shifted,
    "typed": _typed,
    "turned": _turned,
    "reshaped": _reshaped,
    "cut": _cut,
    "listed": _listed,
    "negated": lambda _, array: np.asarray(array * -1) if array.dtype.kind != "b" else ~array,
    "zero": lambda _, array: np.zeros_like(array),
    "nothing": lambda _, array: array.copy(),
}
