"""Where layers could go wrong on inputs that no random case meets."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from functools import partial

import keras
import numpy as np
import pytest

from cnncourse.layers import (
    L2Pooling2D,
    LocallyConnected2D,
    LocalResponseNormalization,
    MixedPooling2D,
    SpatialPyramidPooling2D,
)
from tests.cnncourse.layers.cases import DTYPES
from tests.cnncourse.layers.gradients import gradients


def numbers(outputs):
    return keras.ops.convert_to_numpy(keras.ops.cast(outputs, "float32"))


def test_the_norm_of_zeros_is_as_good_as_zero_and_so_is_its_gradient():
    layer, x = L2Pooling2D(2), np.zeros((1, 4, 4, 1), "float32")
    assert np.max(numbers(layer(x))) < 1e-18
    (gradient,) = gradients(layer, x, np.ones((1, 2, 2, 1), "float32"), training=False)
    np.testing.assert_array_equal(gradient, 0)


@pytest.mark.parametrize("layer", [L2Pooling2D, LocalResponseNormalization])
def test_squares_do_not_overflow_in_half_precision(layer):
    x = np.full((1, 2, 2, 4), 1000.0, "float32")
    whole = numbers(layer()(x))
    np.testing.assert_allclose(numbers(layer(dtype="mixed_float16")(x)), whole, rtol=2e-3)


@pytest.mark.parametrize("dtype", ["mixed_float16", "mixed_bfloat16"])
@pytest.mark.parametrize(
    ("layer", "size", "value"),
    [
        (partial(SpatialPyramidPooling2D, (1, 2), "average"), 64, 20),
        (partial(SpatialPyramidPooling2D, (3,), "average"), 64, 20),
        (partial(MixedPooling2D, 32), 32, 3),
        (partial(MixedPooling2D, 2), 2, 29952),  # four of which are infinite in float16
        (partial(MixedPooling2D, 2, learnt=True), 2, 29952),
    ],
)
def test_means_are_summed_in_more_than_half_precision(layer, size, value, dtype):
    x = np.full((1, size, size, 2), value, "float32")
    np.testing.assert_array_equal(numbers(layer(dtype=dtype)(x)), value)


@pytest.mark.parametrize(("dtype", "small"), list(zip(DTYPES, (1e-18, 1e-25), strict=False)))
def test_the_norm_of_small_numbers_is_theirs(dtype, small):
    norm = L2Pooling2D(2, dtype=dtype)(np.full((1, 2, 2, 1), small, dtype))
    np.testing.assert_allclose(keras.ops.convert_to_numpy(norm), 2 * small, rtol=1e-6)


def test_unshared_kernels_start_apart_and_scaled_by_the_size_of_a_patch():
    layer = LocallyConnected2D(64, 3)
    layer.build((None, 8, 8, 16))
    kernel = numbers(layer.kernel).reshape(36, -1)
    assert len(np.unique(kernel[:, 0])) == 36
    # Of 9216 uniform numbers the variance is known to 1 %; six times that has never been seen.
    np.testing.assert_allclose(kernel.var(axis=1) * 3 * 3 * 16, 1, atol=0.06)


def test_a_learnt_share_starts_where_it_is_told():
    x = np.random.default_rng(0).standard_normal((2, 4, 4, 3)).astype("float32")
    fixed, learnt = (MixedPooling2D(2, mix=0.25, learnt=learnt) for learnt in (False, True))
    np.testing.assert_allclose(numbers(learnt(x)), numbers(fixed(x)), rtol=1e-6)


@pytest.mark.parametrize("size", [(1, 1), (3, 2), (8, 12), (13, 5)])
def test_images_of_every_size_give_vectors_of_one_length(size):
    assert SpatialPyramidPooling2D()(np.ones((2, *size, 3), "float32")).shape == (2, 63)
