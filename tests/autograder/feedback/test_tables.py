"""Arrays are written so that the wrong element is seen."""

import numpy as np
import pytest

from autograder.feedback.tables import MOST_COLUMNS, MOST_ROWS, number, rows


def texts(table):
    return [[entry.text for entry in row] for row in table]


def test_a_small_array_is_written_out_with_its_wrong_elements_marked():
    table = rows(np.array([[1.0, 2.5], [3, 4]]), np.array([[False, True], [False, False]]))
    assert texts(table) == [["1", "2.5"], ["3", "4"]]
    assert [entry.mark for row in table for entry in row] == ["", "wrong", "", ""]


@pytest.mark.parametrize("place", [(0, 0), (50, 60), (99, 199)])
def test_of_a_large_array_the_part_with_the_wrong_element_is_shown(place):
    wrong = np.zeros((100, 200), bool)
    wrong[place] = True
    array = np.arange(wrong.size).reshape(wrong.shape)
    table = rows(array, wrong)
    assert [e.text for row in table for e in row if e.mark == "wrong"] == [str(array[place])]
    assert len(table) <= MOST_ROWS + 2
    assert {len(row) for row in table} <= {MOST_COLUMNS + 1, MOST_COLUMNS + 2}
    assert any(entry.mark == "rest" for entry in table[len(table) // 2])


NUMBERS = [
    (17.0, "17"),
    (-0.0, "0"),
    (0.123456, "0.1235"),
    (1e300, "1e+300"),
    (10**18, "1e+18"),
    (True, "True"),
    (float("nan"), "nan"),
    (float("-inf"), "-inf"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_a_number_is_written_as_one_would(value, text):
    assert number(value) == text


def test_what_elements_are_multiplied_with_stands_beside_them():
    table = rows(np.array([[1, 2], [3, 4]]), factors=np.array([[np.nan, 0], [-2, np.nan]]))
    assert texts(table) == [["1", "2"], ["3", "4"]]
    assert [entry.factor for row in table for entry in row] == ["", "·0", "·(-2)", ""]
    assert [entry.mark for row in table for entry in row] == ["", "term", "term", ""]
