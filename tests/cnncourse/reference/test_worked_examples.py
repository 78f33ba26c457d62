"""The lectures' own numbers; where a slide errs, the test says so."""

import numpy as np
import pytest

from cnncourse.reference import average_pool2d, correlate2d, max_pool2d

X5 = [[3, 3, 2, 1, 0], [0, 0, 1, 3, 1], [3, 1, 2, 2, 3], [2, 0, 0, 2, 2], [2, 0, 0, 0, 1]]
K5 = [[0, 1, 2], [2, 2, 0], [0, 1, 2]]
X4 = [[4, 1, -3, 1], [2, 0, -2, 3], [4, 2, -1, 2], [2, 1, -1, 0]]
K4 = [[2, -1, 2], [-2, 0, 1], [1, 3, 4]]
BINARY = [[1, 1, 1, 0, 0], [0, 1, 1, 1, 0], [0, 0, 1, 1, 1], [0, 0, 1, 1, 0], [0, 1, 1, 0, 0]]
CROSS = [[1, 0, 1], [0, 1, 0], [1, 0, 1]]
POOLED = [[1, 1, 2, 4], [5, 6, 7, 8], [3, 2, 1, 0], [1, 2, 3, 4]]

CONVOLUTIONS = {
    "valid": (X5, K5, {}, [[12, 12, 17], [10, 17, 19], [9, 6, 14]]),
    "padding 1, stride 2": (
        X5,
        K5,
        {"padding": 1, "strides": 2},
        [[6, 17, 3], [8, 17, 13], [6, 4, 4]],
    ),
    "the slide prints 5 for 17": (X4, K4, {}, [[1, 17], [-8, 4]]),
    "the slide prints -9 for 2": (X4, K4, {"padding": "same", "strides": 2}, [[1, 2], [-1, -2]]),
    "binary": (BINARY, CROSS, {}, [[4, 3, 4], [2, 4, 3], [2, 3, 4]]),
}


@pytest.mark.parametrize(("x", "kernel", "options", "y"), CONVOLUTIONS.values(), ids=CONVOLUTIONS)
def test_convolutions_on_the_slides(x, kernel, options, y):
    np.testing.assert_array_equal(correlate2d(x, kernel, **options), y)


def test_max_pooling_on_the_slides():
    np.testing.assert_array_equal(max_pool2d(X4, 2), [[4, 3], [4, 2]])
    np.testing.assert_array_equal(max_pool2d(X5, 3, strides=1), [[3, 3, 3], [3, 3, 3], [3, 2, 3]])
    np.testing.assert_array_equal(max_pool2d(POOLED, 2), [[6, 8], [3, 4]])


def test_mean_pooling_on_the_slides_to_one_decimal():
    y = average_pool2d(X5, 3, strides=1).round(1)
    np.testing.assert_array_equal(y, [[1.7, 1.7, 1.7], [1.0, 1.2, 1.8], [1.1, 0.8, 1.3]])


# distinct numbers for the letters, so that two formulas agree by accident hardly ever
LETTERS = {letter: 2**i for i, letter in enumerate("abcdefghijklmnop")}
IMAGE = np.reshape(list(LETTERS.values()), (4, 4))
WEIGHTS = dict(zip("rstuvwxyz", (5, 7, 11, 13, 17, 19, 23, 29, 31), strict=True))
SQUARE = [[WEIGHTS["w"], WEIGHTS["x"]], [WEIGHTS["y"], WEIGHTS["z"]]]
NINE = np.reshape(list(WEIGHTS.values()), (3, 3))

FORMULAS = {
    "valid": (SQUARE, {}, (0, 0), "aw bx ey fz"),
    "valid, last": (SQUARE, {}, (2, 2), "kw lx oy pz"),
    "stride 2": (SQUARE, {"strides": 2}, (0, 1), "cw dx gy hz"),
    "dilation 2": (SQUARE, {"dilation_rate": 2}, (0, 0), "aw cx iy kz"),
    "padded, first": (NINE, {"padding": 1}, (0, 0), "av bw ey fz"),
    "padded, second": (NINE, {"padding": 1}, (0, 1), "au bv cw ex fy gz"),
    "padded, third": (NINE, {"padding": "same"}, (0, 2), "bu cv dw fx gy hz"),
    "padded, fourth": (NINE, {"padding": "same"}, (0, 3), "cu dv gx hy"),
}


def value_of(formula: str) -> int:
    return sum(LETTERS[term[0]] * WEIGHTS[term[1]] for term in formula.split())


@pytest.mark.parametrize(("kernel", "options", "at", "formula"), FORMULAS.values(), ids=FORMULAS)
def test_formulas_on_the_slides(kernel, options, at, formula):
    assert correlate2d(IMAGE, kernel, **options)[at] == value_of(formula)


def test_two_kernels_give_two_feature_maps():
    kernels = np.stack([NINE[:2, :2], SQUARE], axis=-1)[:, :, np.newaxis, :]
    y = correlate2d(IMAGE[..., np.newaxis], kernels)
    assert y.shape == (3, 3, 2)
    np.testing.assert_array_equal(y[..., 1], correlate2d(IMAGE, SQUARE))
    np.testing.assert_array_equal(y[..., 0], correlate2d(IMAGE, NINE[:2, :2]))


def test_a_padded_image_of_seven_under_stride_two_gives_three():
    kernel = [[2, 0, 1], [1, 0, 0], [0, 1, 1]]
    assert correlate2d(np.ones((5, 5)), kernel, padding=1, strides=2).shape == (3, 3)


def test_ten_filters_keep_a_padded_image_of_32():
    y = correlate2d(np.ones((32, 32, 3)), np.ones((5, 5, 3, 10)), padding=2)
    assert y.shape == (32, 32, 10)


def test_one_output_is_a_dot_product_of_75_terms():
    y = correlate2d(np.ones((32, 32, 3)), np.ones((5, 5, 3, 6)))
    assert y.shape == (28, 28, 6)
    assert set(y.flat) == {75.0}


def test_dilation_two_of_a_3x3_kernel_covers_5x5():
    assert correlate2d(np.ones((5, 5)), np.ones((3, 3)), dilation_rate=2).shape == (1, 1)


def test_among_patches_of_one_norm_the_largest_inner_product_is_the_kernel_itself():
    kernel = np.array([[1, 0, -1], [2, 0, -2], [1, 0, -1]])
    quarter_turns = [np.rot90(kernel, turns) for turns in range(4)]
    y = correlate2d(np.hstack(quarter_turns), kernel, strides=3)
    assert np.argmax(y) == 0
    assert y[0, 0] == np.sum(kernel**2)
