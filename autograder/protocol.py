"""What may cross the wall: JSON for structure, raw bytes for arrays, never pickle.

A message is one `Value`. On the wire it is a frame: a header with two lengths, a JSON document in
which every array is a placeholder, and the arrays' bytes one after another. Both sides encode;
the judge decodes what a stranger's program wrote, so `decode` trusts nothing: lengths, dtypes and
shapes are checked before anything is allocated.
"""

import json
import math
import struct
from collections.abc import Sequence
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Value: TypeAlias = Any
"""None, bool, int, float, str, an array of one of `DTYPES`, or a list, tuple or dict of those."""

Array: TypeAlias = NDArray[Any]

DTYPES = frozenset(f"{kind}{bits}" for kind in ("int", "uint") for bits in (8, 16, 32, 64)) | {
    "bool",
    "float16",
    "float32",
    "float64",
}
"""The array types that cross, little-endian."""

HEADER = struct.Struct("<IQ")
"""Bytes of the JSON document, then bytes of all arrays."""

MAX_DOCUMENT = 4 << 20
MAX_ARRAYS = 64 << 20
MAX_RANK = 8
MAX_DEPTH = 32


class ProtocolError(ValueError):
    """A value that may not cross, or bytes that are no frame."""


def pack(value: Value) -> tuple[Any, list[Array]]:
    """Split a value into JSON with placeholders and the arrays they stand for."""
    arrays: list[Array] = []
    return _pack(value, arrays, 0), arrays


def _pack(value: Value, arrays: list[Array], depth: int) -> Any:
    if depth > MAX_DEPTH:
        raise ProtocolError(f"nested {depth} deep; at most {MAX_DEPTH} levels may cross")
    # Exact types: a subclass could answer differently each time it is looked at.
    kind = type(value)
    if value is None or kind in (bool, int, float, str):
        return value
    if kind is np.ndarray:
        if value.dtype.name not in DTYPES or value.ndim > MAX_RANK:
            raise ProtocolError(
                f"an array of {value.dtype} in {value.ndim} dimensions cannot cross"
            )
        arrays.append(value)
        return {"$array": len(arrays) - 1}
    if kind is list:
        return [_pack(item, arrays, depth + 1) for item in value]
    if kind is tuple:
        return {"$tuple": [_pack(item, arrays, depth + 1) for item in value]}
    if kind is dict and all(type(key) is str and not key.startswith("$") for key in value):
        return {key: _pack(item, arrays, depth + 1) for key, item in value.items()}
    raise ProtocolError(f"a {kind.__name__} cannot cross")


def unpack(document: Any, arrays: Sequence[Array]) -> Value:
    """Put the arrays back in place of their placeholders: the inverse of `pack`."""
    if isinstance(document, list):
        return [unpack(item, arrays) for item in document]
    if not isinstance(document, dict):
        return document
    if set(document) == {"$array"}:
        index = document["$array"]
        if type(index) is not int or not 0 <= index < len(arrays):
            raise ProtocolError(f"array {index!r} of {len(arrays)}")
        return arrays[index]
    if set(document) == {"$tuple"} and isinstance(document["$tuple"], list):
        return tuple(unpack(item, arrays) for item in document["$tuple"])
    if any(key.startswith("$") for key in document):
        raise ProtocolError(f"unknown placeholder among {sorted(document)[:3]}")
    return {key: unpack(item, arrays) for key, item in document.items()}


def encode(value: Value) -> bytes:
    """The frame of one value."""
    packed, arrays = pack(value)
    little = [np.ascontiguousarray(a, a.dtype.newbyteorder("<")).reshape(a.shape) for a in arrays]
    header = {"value": packed, "arrays": [[a.dtype.name, list(a.shape)] for a in little]}
    document = json.dumps(header, separators=(",", ":")).encode()
    body = b"".join(a.tobytes() for a in little)
    return HEADER.pack(len(document), len(body)) + document + body


def read_header(data: bytes) -> tuple[int, int]:
    """The lengths of the document and of the arrays that follow.

    Raises:
        ProtocolError: either is larger than may cross.
    """
    document, arrays = HEADER.unpack(data)
    if document > MAX_DOCUMENT or arrays > MAX_ARRAYS:
        raise ProtocolError(
            f"a message of {document + arrays} bytes; at most {MAX_DOCUMENT} of text "
            f"and {MAX_ARRAYS} of arrays may cross"
        )
    return document, arrays


def decode(document: bytes, body: bytes) -> Value:
    """The value of a frame's two parts. The arrays are read-only views of `body`.

    Raises:
        ProtocolError: they are not what `encode` writes.
    """
    try:
        header = json.loads(document)
        if not isinstance(header, dict) or set(header) != {"value", "arrays"}:
            raise ProtocolError("not a message")
        return unpack(header["value"], _read_arrays(header["arrays"], body))
    except ProtocolError:
        raise
    except (ValueError, RecursionError) as error:
        raise ProtocolError(f"not a message: {error}") from None


def _read_arrays(specs: Any, body: bytes) -> list[Array]:
    if not isinstance(specs, list):
        raise ProtocolError("no list of arrays")
    arrays, offset = [], 0
    for spec in specs:
        dtype, shape = _read_spec(spec)
        size = math.prod(shape)
        end = offset + size * dtype.itemsize
        if end > len(body):
            raise ProtocolError(f"arrays of {end} bytes in a body of {len(body)}")
        arrays.append(np.frombuffer(body, dtype, size, offset).reshape(shape))
        offset = end
    if offset != len(body):
        raise ProtocolError(f"arrays of {offset} bytes in a body of {len(body)}")
    return arrays


def _read_spec(spec: Any) -> tuple[np.dtype[Any], list[int]]:
    if not isinstance(spec, list) or len(spec) != 2:
        raise ProtocolError("an array is described by its dtype and shape")
    name, shape = spec
    if not isinstance(name, str) or name not in DTYPES:
        raise ProtocolError(f"dtype {str(name)[:40]!r}")
    if not isinstance(shape, list) or len(shape) > MAX_RANK:
        raise ProtocolError("a shape is a list of at most eight sizes")
    if not all(type(size) is int and 0 <= size <= MAX_ARRAYS for size in shape):
        raise ProtocolError("a size is out of range")
    return np.dtype(name).newbyteorder("<"), shape
