"""Where wrong elements lie: what is said is telling, and holds for every one of them."""

import re

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder.places import axes_of, place

NOUNS = {1: ["place"], 2: ["row", "column"], 3: ["row", "column", "channel"]}
NOUNS[4] = ["image", *NOUNS[3]]
IMAGES, PIXELS, LINE = (2, 6, 5, 3), (6, 7), (6,)


def mask(shape, *regions):
    wrong = np.zeros(shape, bool)
    for region in regions:
        wrong[region] = True
    return wrong


at = np.s_
SAME = [
    ("", mask(PIXELS, at[1, 2], at[3, 5], at[4, 1])),
    ("", mask(PIXELS, at[2, 3])),
    ("", mask((1, 1), at[0, 0])),
    ("of them", mask(PIXELS, at[:])),
    ("but the first", ~mask(PIXELS, at[0, 0])),
    ("in the last column", mask(PIXELS, at[:, -1])),
    ("in the last column", mask(PIXELS, at[1, -1], at[4, -1])),
    ("in the last column", mask(PIXELS, at[2, -1])),
    ("in the first row", mask((1, 6, 5, 1), at[:, 0])),
    ("in the last channel", mask(IMAGES, at[..., -1])),
    ("in the first image", mask(IMAGES, at[0])),
    ("in the first image, in the last row", mask(IMAGES, at[0, -1])),
    ("in every second column", mask(PIXELS, at[:, 1::2])),
    ("in every second row", mask(PIXELS, at[::2])),
    ("in every second row, in every second column", mask(IMAGES, at[:, ::2, ::2])),
    ("in the last row or the last column", mask(PIXELS, at[-1], at[:, -1])),
    ("in the first row or the last row", mask(IMAGES, at[:, 0], at[:, -1])),
    ("at the border", ~mask(PIXELS, at[1:-1, 1:-1])),
    ("in the last channel, at the border", mask(IMAGES, at[:, [0, -1], :, -1], at[..., 0, -1])),
    ("in a corner", mask(PIXELS, at[0, -1])),
    ("in a corner", mask(IMAGES, at[1, -1, 0, 1])),
    ("in the corners", mask(PIXELS, at[0, -1], at[-1, 0])),
    ("on the diagonal", mask((5, 5), np.diag_indices(5))),
    ("off the diagonal", ~mask((5, 5), np.diag_indices(5))),
    ("below the diagonal", mask((5, 5), np.tril_indices(5, -1))),
    ("above the diagonal", mask((5, 5), np.triu_indices(5, 1))),
    ("in the lower triangle", mask((5, 5), np.tril_indices(5))),
    ("in the upper triangle", mask((5, 5), np.triu_indices(5))),
    ("in the last place", mask(LINE, at[-1])),
    ("in every second place", mask(LINE, at[::2])),
    ("at the ends", mask(LINE, at[[0, -1]])),
]


@pytest.mark.parametrize(("words", "wrong"), SAME)
def test_a_telling_place_has_its_words_in_a_hidden_case_too(words, wrong):
    found = place(wrong, axes_of(wrong.ndim))
    assert (found.message, found.summary) == (words, words)


@pytest.mark.parametrize(
    ("message", "summary", "wrong"),
    [
        ("in row 2", "in one row", mask(PIXELS, at[2])),
        ("in channel 1", "in one channel", mask(IMAGES, at[..., 1])),
        ("from column 5 on", "in the last columns", mask(PIXELS, at[:, 5:])),
        ("up to row 1", "in the first rows", mask(PIXELS, at[:2])),
        (
            "in rows 2 to 4, in columns 1 to 3",
            "in some rows, in some columns",
            mask(PIXELS, at[2:5, 1:4]),
        ),
        (
            "in row 2, from column 3 on, in channel 1",
            "in one row, in one channel, in the last columns",
            mask(IMAGES, at[:, 2, 3:, 1]),
        ),
        ("from place 2 on", "in the last places", mask(LINE, at[2:])),
    ],
)
def test_a_place_with_a_number_in_it_has_none_in_a_hidden_case(message, summary, wrong):
    found = place(wrong, axes_of(wrong.ndim))
    assert sorted(found.message.split(", ")) == sorted(message.split(", "))
    assert found.summary == summary


def test_four_axes_of_a_kernel_are_not_those_of_images():
    kernel = mask((3, 3, 2, 4), at[..., 1])
    found = place(kernel, axes_of(4, images=False))
    assert found.message == "in slice 1 of axis 3"


def holds(phrase, index, shape):
    """Whether a phrase is true of one index, read off its words."""
    nouns = NOUNS[len(shape)]
    spatial = [n for n, noun in enumerate(nouns) if noun in ("place", "row", "column")]
    at_ends = [index[n] in (0, shape[n] - 1) for n in spatial if shape[n] > 1]
    if phrase in FIXED:
        return FIXED[phrase](index, at_ends)
    if " or " in phrase:
        return any(holds(f"in {one}", index, shape) for one in phrase[3:].split(" or "))
    axis = next(n for n, noun in enumerate(nouns) if re.search(rf"\b{noun}s?\b", phrase))
    numbers = [int(n) for n in re.findall(r"\d+", phrase)]
    if "every second" in phrase:
        return True  # which half it is, is not said
    first, last = shape[axis] - 1 if "last" in phrase else 0, shape[axis] - 1
    low = numbers[0] if numbers and "up to" not in phrase else first
    high = numbers[-1] if numbers and "from" not in phrase else last if "from" in phrase else low
    return low <= index[axis] <= high


FIXED = {
    "": lambda *_: True,
    "of them": lambda *_: True,
    "but the first": lambda index, _: any(index),
    "at the border": lambda _, at_ends: any(at_ends),
    "at the ends": lambda _, at_ends: any(at_ends),
    "in a corner": lambda _, at_ends: sum(at_ends) == 2,
    "in the corners": lambda _, at_ends: sum(at_ends) == 2,
    "on the diagonal": lambda index, _: len(set(diagonal(index))) == 1,
    "off the diagonal": lambda index, _: diagonal(index)[0] != diagonal(index)[1],
    "below the diagonal": lambda index, _: diagonal(index)[0] > diagonal(index)[1],
    "above the diagonal": lambda index, _: diagonal(index)[0] < diagonal(index)[1],
    "in the lower triangle": lambda index, _: diagonal(index)[0] >= diagonal(index)[1],
    "in the upper triangle": lambda index, _: diagonal(index)[0] <= diagonal(index)[1],
}


def diagonal(index):
    """Row and column of an index into an array of any rank."""
    return {2: index, 3: index[:2], 4: index[1:3]}[len(index)]


SHAPES = hnp.array_shapes(min_dims=1, max_dims=4, max_side=5)
BOXES = SHAPES.flatmap(
    lambda shape: st.tuples(
        st.just(shape),
        st.tuples(*(st.slices(size) for size in shape)),
    )
)


@given(SHAPES.flatmap(lambda shape: hnp.arrays(bool, shape)))
def test_what_is_said_of_any_mask_holds_for_every_wrong_element(wrong):
    check_all(wrong)


@given(BOXES)
def test_what_is_said_of_any_box_holds_for_every_wrong_element(box):
    check_all(mask(*box))


def check_all(wrong):
    if not wrong.any():
        return
    found = place(wrong, axes_of(wrong.ndim))
    for index in np.argwhere(wrong):
        for phrase in found.message.split(", "):
            assert holds(phrase, tuple(index), wrong.shape), (phrase, index)
    assert not re.search(r"\d", found.summary)
