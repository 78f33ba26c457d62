"""Whatever an answer is, it can be shown beside the right one."""

import numpy as np
import pytest

from autograder.feedback.panels import panels
from autograder.results import Difference

X = np.arange(25, dtype=np.float32).reshape(5, 5)


def shown(observed, expected=X, picture=False, **inputs):
    return {p.title: p for p in panels(Difference("f(x)", inputs, observed, expected), picture)}


def marked(panel):
    return [entry.text for row in panel.rows for entry in row if entry.mark == "wrong"]


def test_inputs_come_first_and_settings_stay_in_the_call():
    assert list(shown(X, X + 1, x=X, strides=2)) == ["x", "yours", "expected"]


def test_wrong_elements_are_marked_in_both_and_rounding_is_not():
    observed = (X + 1e-6).astype(np.float64)
    observed[2, 3] = 99
    found = shown(observed)
    assert marked(found["yours"]) == ["99"]
    assert marked(found["expected"]) == ["13"]


def test_where_only_rounding_is_left_that_is_marked():
    assert len(marked(shown(X.astype(np.float64) + 1e-9)["yours"])) == X.size


def test_captions_tell_types_and_shapes():
    found = shown(X[None, ..., None], 2.0 * X[None, ..., None])
    assert found["yours"].caption == "float32 (1, 5, 5, 1), slice [0, :, :, 0]"
    assert found["expected"].caption == "(1, 5, 5, 1), slice [0, :, :, 0]"


def test_the_slice_is_the_one_with_the_first_wrong_element():
    expected = np.zeros((2, 4, 5, 3))
    observed = expected.copy()
    observed[1, 2, 3, 2] = 7
    found = shown(observed, expected)["yours"]
    assert found.caption.endswith("slice [1, :, :, 2]")
    assert marked(found) == ["7"]


def test_of_a_tuple_of_arrays_the_first_wrong_one_is_shown():
    assert marked(shown((X, -X), (X, X))["yours[1]"])[0] == "-1"


@pytest.mark.parametrize(("array", "picture"), [(X, True), (np.zeros((40, 50)), False)])
def test_an_image_and_a_large_array_are_drawn_with_their_difference(array, picture):
    found = shown(array + 1, array, picture, image=np.zeros((30, 30)))
    assert list(found) == ["image", "yours", "expected", "yours − expected"]
    assert all(panel.picture.startswith(b"\x89PNG") for panel in found.values())
    assert found["yours"].address.startswith("data:image/png;base64,iVBOR")


def test_a_tiny_image_is_written_out():
    assert [bool(p.rows) for p in shown(X[:3] + 1, X[:3], True).values()] == [True, True]


def deep(levels):
    return [deep(levels - 1)] if levels else 0


HOSTILE = [
    None,
    True,
    "x" * 10**6,
    "\ud800\x00<b>",
    10**4000,
    10**5000,
    float("nan"),
    [],
    {},
    {"a": {"b": list(range(10**5))}},
    [X] * 1000,
    deep(30),
    np.float32(3),
    np.array(3),
    np.zeros((0, 5)),
    np.zeros((5, 5), object),
    np.full((5, 5), np.nan),
    np.full((5, 5), -np.inf),
    np.full((5, 5), 1e308),
    np.zeros((5, 5), bool),
    np.full((5, 5), 2**63, np.uint64),
    np.zeros((1,) * 8),
    np.zeros((2000, 2000)),
    np.zeros(4_000_000, np.int8),
    np.zeros((1, 4_000_000), np.int8),
    (X, X),
]
EXPECTED = [
    X,
    np.float64(3),
    (X, X),
    (1, 2),
    None,
    True,
    "valid",
    np.zeros((30, 30)),
    np.arange(5.0),
]


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda value: type(value).__name__)
@pytest.mark.parametrize("observed", HOSTILE, ids=range(len(HOSTILE)))
def test_any_answer_is_shown_in_little_space(observed, expected):
    for picture in (False, True):
        found = panels(Difference("f(x)", {"x": X}, observed, expected), picture)
        assert len(found) >= 3
        assert all(len(panel.text) < 500 and len(panel.rows) <= 12 for panel in found)
        assert all(len(panel.rows) + len(panel.picture) + len(panel.text) for panel in found)
