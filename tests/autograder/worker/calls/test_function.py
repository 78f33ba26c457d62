"""A call of a student's function, and what comes back."""

import numpy as np
import pytest

from autograder.worker.calls import CALLS


def call(function, *args):
    return CALLS["function"]({"name": "f", "args": list(args)}, {"f": function})


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
    assert call(clear, x, [inner])["value"].tolist() == [0, 0, 0]
    assert (x.sum(), inner.sum()) == (3, 2)


def test_what_cannot_cross_is_said():
    answer = call(lambda: (i for i in range(3)))
    assert (answer["outcome"], answer["type"]) == ("unsupported", "generator")
    assert "neither an array" in answer["reason"]


def test_output_is_cut():
    def shout():
        print("x" * 100_000)

    assert len(call(shout)["stdout"]) < 5_000
