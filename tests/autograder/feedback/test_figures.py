"""Pictures of arrays, read back with Pillow."""

import sys
from io import BytesIO
from subprocess import run

import numpy as np
import pytest
from PIL import Image

from autograder.feedback import figures


def pixels(png):
    return np.asarray(Image.open(BytesIO(png)).convert("RGB")).astype(int)


def test_the_range_goes_from_black_to_white():
    seen = pixels(figures.gray(np.array([[0.0, 5.0, 10.0]]), 0, 10))
    assert seen[0, :, 0].tolist()[::2] == [0, 255]
    assert abs(seen[0, 1, 0] - 128) <= 1


def test_a_difference_is_blue_below_red_above_and_pale_where_there_is_none():
    observed = np.array([[0.0, 1.0, 2.0, np.nan, np.inf]])
    seen = pixels(figures.difference(observed, np.array([[1.0, 1.0, 1.0, 1.0, np.inf]])))[0]
    red, _, blue = seen.T
    assert blue[0] > red[0]
    assert red[2] > blue[2]
    assert seen[1].min() > 240
    assert seen[4].min() > 240
    assert seen[3].tolist() == [round(255 * c) for c in figures.NOT_A_NUMBER[:3]]


def test_one_wrong_element_of_a_million_stays_visible():
    expected = np.zeros((1000, 1000))
    observed = expected.copy()
    observed[777, 333] = 1
    seen = pixels(figures.difference(observed, expected))
    assert max(seen.shape[:2]) <= figures.LARGEST
    assert (seen.min(axis=-1) < 200).sum() == 1


EXTREMES = [
    np.array([[5e-324, 0.0]]),
    np.array([[1.7e308, -1.7e308, np.nan, np.inf, -np.inf]]),
    np.full((3, 3), np.nan),
    np.zeros((1, 1)),
    np.ones((2, 2), bool),
    np.array([[2**64 - 1, 0]], np.uint64),
    np.full((2, 5000), 7, np.float16),
]


@pytest.mark.parametrize("array", EXTREMES, ids=lambda array: f"{array.dtype}{array.shape}")
def test_any_array_of_numbers_is_drawn(array):
    low, high = figures.finite_range(array)
    assert pixels(figures.gray(array, low, high)).size
    assert pixels(figures.difference(array, np.zeros(array.shape))).size


def test_equal_arrays_give_equal_bytes():
    array = np.arange(12.0).reshape(3, 4)
    assert figures.gray(array, 0, 11) == figures.gray(array.copy(), 0, 11)


def test_pyplot_is_not_imported_and_matplotlib_only_for_a_picture():
    program = """
import sys
import numpy as np
from autograder.feedback import figures
assert "matplotlib" not in sys.modules
figures.gray(np.zeros((2, 2)), 0, 1)
assert "matplotlib" in sys.modules and "matplotlib.pyplot" not in sys.modules
"""
    run([sys.executable, "-c", program], check=True)
