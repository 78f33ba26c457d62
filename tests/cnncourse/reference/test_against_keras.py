"""The reference against Keras's own operators, on integers, where both are exact."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

from functools import partial

import keras
import numpy as np
import pytest

from cnncourse import reference
from tests.cnncourse.reference.arrays import integers
from tests.cnncourse.reference.in_keras import differentiated

PADDINGS = ["valid", "same"]
singles = partial(integers, 0, dtype="float32")
STEPS = [{"strides": 1}, {"strides": 2}, {"strides": 3}, {"dilation_rate": 2}]
SIZES = [(2, 5), (3, 3), (4, 2)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("padding", PADDINGS)
def test_correlate2d_is_conv2d(size, steps, padding):
    x, kernel = singles(2, 9, 10, 3), singles(*size, 3, 4)
    y = reference.correlate2d(x, kernel, padding=padding, **steps)
    np.testing.assert_array_equal(y, keras.ops.conv(x, kernel, padding=padding, **steps))


@pytest.mark.parametrize("size", [1, 2, 5])
@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("padding", PADDINGS)
def test_correlate1d_is_conv1d(size, steps, padding):
    x, kernel = singles(2, 10, 3), singles(size, 3, 4)
    y = reference.correlate1d(x, kernel, padding=padding, **steps)
    np.testing.assert_array_equal(y, keras.ops.conv(x, kernel, padding=padding, **steps))


POOLS = {
    "max_pool": (reference.max_pool1d, reference.max_pool2d),
    "average_pool": (reference.average_pool1d, reference.average_pool2d),
}


@pytest.mark.parametrize("name", POOLS)
@pytest.mark.parametrize("strides", [None, 1, 3])
@pytest.mark.parametrize("padding", PADDINGS)
def test_pools_are_those_of_keras(name, strides, padding):
    if (name, padding, keras.backend.backend()) == ("average_pool", "same", "torch"):
        pytest.skip("Keras 3.15 is wrong there in some shapes")
    for shape, pool in zip([(2, 10, 3), (2, 9, 10, 3)], POOLS[name], strict=True):
        x = singles(*shape)
        expected = getattr(keras.ops, name)(x, 4, strides=strides or 4, padding=padding)
        y = pool(x, 4, strides=strides, padding=padding)
        np.testing.assert_allclose(y, expected, rtol=1e-6)


@pytest.mark.parametrize("padding", PADDINGS)
@pytest.mark.parametrize("strides", [1, 2])
def test_of_several_largest_values_the_same_one_gets_the_gradient(padding, strides):
    x = np.random.default_rng(0).integers(0, 2, (2, 7, 8, 3)).astype("float32")
    options = {"strides": strides, "padding": padding}
    upstream = singles(*reference.max_pool2d(x, 3, **options).shape)
    _, (expected,) = differentiated(
        lambda x: keras.ops.max_pool(x, 3, **options), upstream, [x], {}
    )
    (to_x,) = reference.max_pool2d_gradients(upstream, x, 3, **options)
    np.testing.assert_array_equal(to_x, expected)
