"""RReLU while training: what no oracle of numbers can say."""

import os

os.environ.setdefault("KERAS_BACKEND", "tensorflow")

import keras
import numpy as np
import pytest

from cnncourse.layers import RReLU

X = np.concatenate([np.full((1, 4000), -1.0), np.full((1, 4000), 2.0)], axis=1).astype("float32")


def trained(layer):
    return keras.ops.convert_to_numpy(layer(X, training=True))


def test_slopes_are_uniform_between_the_bounds_and_the_positive_half_stays():
    outputs = trained(RReLU(lower=0.2, upper=0.6, seed=1))
    slopes = np.sort(-outputs[0, :4000])
    assert np.all((slopes >= 0.2) & (slopes <= 0.6))
    # Kolmogorov and Smirnov's distance; that of 4000 uniform numbers exceeds 0.05 once in 10⁸.
    assert np.max(np.abs((slopes - 0.2) / 0.4 - np.linspace(0, 1, 4000))) < 0.05
    np.testing.assert_array_equal(outputs[0, 4000:], 2)


def test_every_call_draws_anew_and_a_seed_draws_the_same():
    layer, again = RReLU(seed=7), RReLU(seed=7)
    first = trained(layer)
    assert np.any(first != trained(layer))
    np.testing.assert_array_equal(first, trained(again))


@pytest.mark.parametrize("training", [False, None])
def test_at_inference_the_slope_is_the_mean(training):
    outputs = keras.ops.convert_to_numpy(RReLU(lower=0.2, upper=0.6)(X, training=training))
    np.testing.assert_allclose(outputs[0, :4000], -0.4, rtol=1e-6)
