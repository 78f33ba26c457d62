"""What crosses the wall arrives as it was sent, and nothing else is accepted."""

import json

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import protocol

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text()
ARRAYS = hnp.arrays(
    st.sampled_from(sorted(protocol.DTYPES)).map(np.dtype),
    hnp.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4),
)
KEYS = st.text(min_size=1).filter(lambda key: not key.startswith("$"))
VALUES = st.recursive(
    SCALARS | ARRAYS,
    lambda inner: st.lists(inner) | st.tuples(inner) | st.dictionaries(KEYS, inner),
    max_leaves=8,
)


def decode(frame):
    document, arrays = protocol.read_header(frame[: protocol.HEADER.size])
    body = frame[protocol.HEADER.size :]
    assert len(body) == document + arrays
    return protocol.decode(body[:document], body[document:])


def assert_same(sent, received):
    assert type(sent) is type(received)
    if isinstance(sent, np.ndarray):
        assert (sent.dtype.name, sent.shape) == (received.dtype.name, received.shape)
        np.testing.assert_array_equal(sent, received)
    elif isinstance(sent, dict):
        assert sent.keys() == received.keys()
        for key in sent:
            assert_same(sent[key], received[key])
    elif isinstance(sent, list | tuple):
        assert len(sent) == len(received)
        for one, other in zip(sent, received, strict=True):
            assert_same(one, other)
    else:
        assert sent == received


@given(VALUES)
def test_a_value_arrives_as_it_was_sent(value):
    assert_same(value, decode(protocol.encode(value)))


def test_strided_and_big_endian_arrays_arrive_in_order():
    array = np.arange(12, dtype=">f8").reshape(3, 4)[::2, ::-1]
    np.testing.assert_array_equal(decode(protocol.encode(array)), array)


@pytest.mark.parametrize(
    "value",
    [
        np.array([object()]),
        np.array(["text"]),
        np.array([1j]),
        np.ma.array([1.0]),
        np.float64(1),
        object(),
        {1: 2},
        {"$array": 0},
        np.zeros((1,) * 9),
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_may_not_cross_is_refused_by_the_sender(value):
    with pytest.raises(protocol.ProtocolError):
        protocol.encode(value)


@pytest.mark.parametrize(
    ("document", "body"),
    [
        (b"", b""),
        (b"[]", b""),
        (b"\xff", b""),
        (b'{"value":1}', b""),
        (b'{"value":1,"arrays":[]}', b"extra"),
        (b'{"value":{"$array":0},"arrays":[]}', b""),
        (b'{"value":{"$array":true},"arrays":[["int8",[1]]]}', b"a"),
        (b'{"value":{"$pickle":0},"arrays":[]}', b""),
        (b'{"value":1,"arrays":[["object",[1]]]}', b"12345678"),
        (b'{"value":1,"arrays":[["float64",[1000000000000]]]}', b""),
        (b'{"value":1,"arrays":[["float64",[-1]]]}', b""),
        (b'{"value":1,"arrays":[["float64",[1.0]]]}', b"12345678"),
        (b'{"value":1,"arrays":[["float64",[1,1,1,1,1,1,1,1,1]]]}', b"12345678"),
        (b'{"value":1,"arrays":[["float64",[1]]]}', b"1234567"),
        (b'{"value":' + b"[" * 100_000 + b"]" * 100_000 + b',"arrays":[]}', b""),
        (b'{"value":' + b"9" * 10_000 + b',"arrays":[]}', b""),
    ],
)
def test_what_is_no_message_is_refused_by_the_receiver(document, body):
    with pytest.raises(protocol.ProtocolError):
        protocol.decode(document, body)


def test_a_message_too_long_is_refused_before_it_is_read():
    with pytest.raises(protocol.ProtocolError, match="at most"):
        protocol.read_header(protocol.HEADER.pack(10, 1 << 40))


def value_or_refusal(document, body):
    try:
        return protocol.decode(document, body)
    except protocol.ProtocolError as refusal:
        return refusal


@given(st.binary(max_size=200), st.binary(max_size=50))
def test_any_bytes_are_decoded_or_refused(document, body):
    assert isinstance(value_or_refusal(document, body), protocol.ProtocolError)


@given(st.recursive(st.none() | st.booleans() | st.integers(), lambda x: st.lists(x), max_leaves=5))
def test_any_array_descriptions_are_decoded_or_refused(specs):
    document = json.dumps({"value": 0, "arrays": specs}).encode()
    assert isinstance(value_or_refusal(document, b"\0" * 8), protocol.ProtocolError)
