"""A student's objects as values that may cross: checked by sending them through the protocol."""

import enum
from collections import OrderedDict, namedtuple

import numpy as np
import pytest

from autograder import protocol
from autograder.worker.calls.values import Crossing, Unsupported, observed

Point = namedtuple("Point", "x y")
Level = enum.IntEnum("Level", "LOW HIGH")


def crossed(value):
    frame = protocol.encode(observed(value))
    start = protocol.HEADER.size
    document, _ = protocol.read_header(frame[:start])
    return protocol.decode(frame[start : start + document], frame[start + document :])


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, True),
        (3, 3),
        (Level.HIGH, 2),
        (0.5, 0.5),
        ("text", "text"),
        ("\ud800", "?"),
        ([1, (2.0, "a")], [1, (2.0, "a")]),
        (Point(1, 2), (1, 2)),
        (OrderedDict(a=1), {"a": 1}),
    ],
)
def test_plain_values_cross(value, expected):
    answer = crossed(value)
    assert answer == expected
    assert type(answer) is type(expected)


@pytest.mark.parametrize("dtype", ["float16", "float32", "float64", "uint8", "int64", "bool"])
@pytest.mark.parametrize("shape", [(), (0,), (2, 3)])
def test_arrays_keep_dtype_and_shape(dtype, shape):
    array = np.ones(shape, dtype)
    answer = crossed(array)
    assert (answer.dtype, answer.shape) == (array.dtype, shape)
    assert (answer == array).all()


def test_a_numpy_scalar_becomes_an_array_of_its_dtype():
    answer = crossed(np.float32(1.5))
    assert (answer.dtype, answer.shape, float(answer)) == (np.float32, (), 1.5)


@pytest.mark.filterwarnings("ignore:the matrix subclass")
def test_subclasses_become_plain_arrays():
    for array in (np.matrix([[1, 2]]), np.ma.masked_array([[1, 2]], mask=[[0, 1]])):
        assert type(observed(array)) is np.ndarray


def test_bfloat16_becomes_float32():
    import ml_dtypes

    answer = crossed(np.array([1.5], ml_dtypes.bfloat16))
    assert (answer.dtype, answer.tolist()) == (np.float32, [1.5])


def test_extended_floats_become_float64():
    answer = crossed(np.array([1.5], np.longdouble))
    assert (answer.dtype, answer.tolist()) == (np.float64, [1.5])


def test_what_has_an_array_crosses_as_one():
    class Tensor:
        def __array__(self, dtype=None, copy=None):
            return np.arange(3)

    assert crossed(Tensor()).tolist() == [0, 1, 2]


def recursive():
    items = []
    items.append(items)
    return items


class Hostile:
    def __array__(self, dtype=None, copy=None):
        raise SystemError("no")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (1j, "neither"),
        (object(), "neither"),
        ({1, 2}, "neither"),
        (np.array([1j]), "complex128"),
        (np.array([object()]), "object"),
        (np.zeros(2, "f8,i4"), "cannot be compared"),
        (np.zeros((1,) * 9), "9 dimensions"),
        (np.zeros((64 << 20) + 1, np.uint8), "64 MiB"),
        ([0] * 100_001, "items"),
        ("x" * (1 << 20) + "y", "characters"),
        (1 << 2_000, "bits"),
        ({1: 2}, "keys"),
        ({"$array": 0}, "keys"),
        (recursive(), "deep"),
        (Hostile(), "SystemError"),
    ],
)
def test_what_cannot_cross_says_why_in_one_line(value, reason):
    with pytest.raises(Unsupported, match=reason) as raised:
        observed(value)
    assert "\n" not in str(raised.value)


@pytest.mark.slow
@pytest.mark.parametrize("module", ["tensorflow", "torch", "jax.numpy"])
@pytest.mark.parametrize(("dtype", "named"), [("float32", ""), ("bfloat16", "bfloat16")])
def test_a_tensor_crosses_as_an_array_and_its_dtype_is_named_where_none_is_like_it(
    module, dtype, named
):
    library = pytest.importorskip(module)
    make = getattr(library, {"tensorflow": "constant", "torch": "tensor"}.get(module, "array"))
    crossing = Crossing()
    answer = crossing.observed(make([1.5], dtype=getattr(library, dtype)))
    assert (answer.dtype, answer.tolist(), crossing.dtype) == (np.float32, [1.5], named)
