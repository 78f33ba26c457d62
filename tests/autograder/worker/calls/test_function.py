"""A call of a student's function, and what comes back."""

import ml_dtypes
import numpy as np
import pytest

from autograder.worker.calls import CALLS


def call(function, *args, layout=""):
    request = {"name": "f", "args": list(args), "layout": layout}
    return CALLS["function"](request, {"f": function})


def test_a_missing_name_is_missing():
    assert CALLS["function"]({"name": "f", "args": []}, {}) == {"outcome": "missing"}


def test_what_is_no_function_is_named():
    assert call(3) == {"outcome": "of wrong kind", "type": "int"}


def test_a_result_comes_with_its_type_and_what_was_printed():
    def double(x):
        print("doubling")
        return 2 * x

    answer = call(double, np.arange(3))
    assert answer["value"].tolist() == [0, 2, 4]
    assert {**answer, "value": None} == {
        "outcome": "returned",
        "value": None,
        "type": "ndarray",
        "stdout": "doubling\n",
    }


@pytest.mark.parametrize("error", [NotImplementedError, MemoryError, SystemExit, KeyboardInterrupt])
def test_what_is_raised_is_named(error):
    def fail():
        raise error("why")

    answer = call(fail)
    assert (answer["outcome"], answer["error"]["type"]) == ("raised", error.__name__)
    assert answer["error"]["message"] == "why"


def test_inputs_may_be_changed_and_the_judges_stay_as_they_are():
    def clear(x, nested):
        x[:] = 0
        nested[0][:] = 0
        return x

    x, inner = np.ones(3), np.ones(2)
    x.flags.writeable = inner.flags.writeable = False
    answer = call(clear, x, [inner])
    assert answer["value"].tolist() == [0, 0, 0]
    assert (x.sum(), inner.sum()) == (3, 2)
    assert answer["changed"].keys() == {"0"}
    assert answer["changed"]["0"].tolist() == [0, 0, 0]


@pytest.mark.parametrize("shape", [(), (3,), (0, 2), (4, 3, 2)])
@pytest.mark.parametrize("dtype", ["float32", "float64", "int64", "uint8", "bool"])
def test_arrays_come_in_the_layout_asked_for_with_the_same_values(shape, dtype):
    x = np.arange(np.prod(shape, dtype=int)).reshape(shape).astype(dtype)
    seen = []
    for layout in ("", "read-only", "strided"):
        answer = call(lambda x: seen.append(x), x, layout=layout)
        assert "changed" not in answer
    for array in seen:
        np.testing.assert_array_equal(array, x, strict=True)
    usual, read_only, strided = seen
    assert [array.flags.writeable for array in seen] == [True, False, True]
    assert usual.flags.c_contiguous
    assert read_only.flags.c_contiguous
    assert strided.flags.c_contiguous == (x.size < 2)


def test_a_changed_input_that_is_too_large_beside_the_result_is_named_without_its_value():
    def clear(x):
        x[0] = 1
        return np.zeros(40 << 20, np.uint8)

    answer = call(clear, np.zeros(40 << 20, np.uint8))
    assert (answer["outcome"], answer["changed"]) == ("returned", {"0": None})


@pytest.mark.parametrize(
    ("value", "dtype"),
    [
        (np.ones(2, ml_dtypes.bfloat16), "bfloat16"),
        ((1, np.ones(2, ml_dtypes.bfloat16)), "bfloat16"),
        (np.ones(2, complex), "complex128"),
        (np.array([None]), "object"),
        (np.ones(2, np.float16), None),
        (np.ones(2, np.longdouble), None),
    ],
)
def test_a_type_that_does_not_cross_as_it_is_is_named(value, dtype):
    assert call(lambda: value).get("dtype") == dtype


def test_what_cannot_cross_is_said():
    answer = call(lambda: (i for i in range(3)))
    assert (answer["outcome"], answer["type"]) == ("unsupported", "generator")
    assert "neither an array" in answer["reason"]


def test_output_is_cut():
    def shout():
        print("x" * 100_000)

    assert len(call(shout)["stdout"]) < 5_000


def test_what_a_student_puts_in_numpys_place_does_no_harm(monkeypatch):
    def right(x):
        return 2 * x

    for name in ("array_equal", "allclose", "asarray", "full", "copy"):
        monkeypatch.setattr(np, name, lambda *_: True)
    answer = call(right, np.float32([1, 2]), layout="strided")
    assert answer["outcome"] == "returned"
    assert answer["value"].tolist() == [2, 4]
