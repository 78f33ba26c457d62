"""Normalization: what comes out is normal, and each neighbour counts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cnncourse.reference import (
    batch_normalize,
    batch_normalize_gradients,
    batch_normalize_inference,
    local_response_normalize,
)

X = np.random.default_rng(0).normal(3, 2, (4, 5, 6, 3))


def test_each_channel_has_beta_as_its_mean_and_gamma_as_its_deviation():
    y = batch_normalize(X, [1, 2, 3], [0, 5, -5], epsilon=0)
    np.testing.assert_allclose(y.mean(axis=(0, 1, 2)), [0, 5, -5], atol=1e-12)
    np.testing.assert_allclose(y.std(axis=(0, 1, 2)), [1, 2, 3])


def test_inference_with_the_batchs_own_statistics_is_training():
    mean, variance = X.mean(axis=(0, 1, 2)), X.var(axis=(0, 1, 2))
    y = batch_normalize_inference(X, [1, 2, 3], [0, 5, -5], mean, variance)
    np.testing.assert_allclose(y, batch_normalize(X, [1, 2, 3], [0, 5, -5]), rtol=1e-12)


def test_a_constant_channel_becomes_beta():
    np.testing.assert_array_equal(batch_normalize(np.full((4, 2), 7.0), [2, 2], [1, 3])[0], [1, 3])


def test_shifting_or_stretching_the_input_changes_nothing_so_neither_has_a_gradient():
    upstream = np.random.default_rng(1).normal(size=X.shape)
    to_x, *_ = batch_normalize_gradients(upstream, X, [1, 2, 3], [0, 5, -5], epsilon=0)
    np.testing.assert_allclose(to_x.sum(axis=(0, 1, 2)), 0, atol=1e-12)
    np.testing.assert_allclose((to_x * X).sum(axis=(0, 1, 2)), 0, atol=1e-12)


@given(st.integers(0, 4), st.integers(1, 6))
def test_neighbours_among_channels_divide(radius, channels):
    x = np.random.default_rng(0).normal(size=(2, channels))
    y = local_response_normalize(x, depth_radius=radius, bias=1.5, alpha=0.3, beta=0.6)
    for n, i in np.ndindex(*x.shape):
        near = x[n, max(i - radius, 0) : i + radius + 1]
        assert y[n, i] == pytest.approx(x[n, i] / (1.5 + 0.3 * np.sum(near**2)) ** 0.6)


def test_alexnets_constants_are_the_default():
    np.testing.assert_allclose(local_response_normalize([10.0]), [10 / 2.01**0.75])
