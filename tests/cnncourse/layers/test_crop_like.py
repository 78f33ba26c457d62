"""The layer that makes an encoder's image as small as the decoder's."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import pytest

from cnncourse.layers.crop_like import CropLike

X = np.arange(2 * 6 * 5 * 3, dtype="float32").reshape(2, 6, 5, 3)


def cropped(x, like, **options):
    return keras.ops.convert_to_numpy(CropLike(**options)([x, like]))


@pytest.mark.parametrize(
    ("size", "rows", "columns"),
    [
        ((6, 5), slice(0, 6), slice(0, 5)),
        ((4, 3), slice(1, 5), slice(1, 4)),
        ((3, 2), slice(1, 4), slice(1, 3)),  # the odd one is taken from the end
    ],
)
def test_the_middle_is_kept(size, rows, columns):
    like = np.zeros((2, *size, 7), "float32")
    np.testing.assert_array_equal(cropped(X, like), X[:, rows, columns])
    first = cropped(np.moveaxis(X, -1, 1), np.moveaxis(like, -1, 1), data_format="channels_first")
    np.testing.assert_array_equal(np.moveaxis(first, 1, -1), X[:, rows, columns])


def test_unknown_sizes_stay_unknown():
    inputs = [keras.Input((None, None, 3)), keras.Input((None, 4, 7))]
    assert CropLike()(inputs).shape == (None, None, 4, 3)


@pytest.mark.parametrize(
    ("shapes", "words"),
    [
        ([(2, 3, 3, 8), (2, 3, 4, 2)], r"the input is \(3, 3\) and is cropped to \(3, 4\)"),
        ([(2, 6, 5, 8)], "it must be a list of two images"),
        ((2, 6, 5, 8), "it must be a list of two images"),
        ([(2, 6, 5, 8), (2, 6, 8)], "it must have 4 axes"),
    ],
)
def test_other_inputs_are_refused(shapes, words):
    with pytest.raises(ValueError, match=words):
        CropLike().build(shapes)
