"""The lecture's table of activations, its formulas as they stand there; softmax, cross-entropy."""

import numpy as np
import pytest

from cnncourse import reference
from cnncourse.reference import (
    apl,
    cross_entropy,
    cross_entropy_gradients,
    maxout,
    prelu,
    relu,
    relu_gradients,
    sigmoid,
    sigmoid_gradients,
    softmax,
    softmax_gradients,
    tanh,
)

X = np.linspace(-4, 4, 81)

TABLE = {
    "identity": ({}, X),
    "sigmoid": ({}, 1 / (1 + np.exp(-X))),
    "tanh": ({}, (np.exp(2 * X) - 1) / (np.exp(2 * X) + 1)),
    "relu": ({}, np.maximum(X, 0)),
    "centered_softplus": ({}, np.log(np.exp(X) + 1) - np.log(2)),
    "leaky_relu": ({}, np.maximum(X, 0.01 * X)),
    "vrelu": ({"alpha": 0.5}, np.maximum(X, 0.5 * X)),
    "rrelu": ({"alpha": 0.2}, np.maximum(X, 0.2 * X)),
    "prelu": ({"alpha": 0.25}, np.maximum(X, 0.25 * X)),
    "elu": ({"alpha": 2.0}, np.where(X >= 0, X, 2 * (np.exp(X) - 1))),
}


@pytest.mark.parametrize("name", TABLE)
def test_formulas_on_the_slides(name):
    options, y = TABLE[name]
    np.testing.assert_allclose(getattr(reference, name)(X, **options), y, rtol=1e-13, atol=1e-15)


def test_relu_on_the_slides_then_a_bias():
    x = np.array([[4, 1, -3, 1], [-2, 0, 2, 3], [4, 2, -1, 2], [2, 1, 1, 0]])
    expected = [[1, -2, -3, -2], [-3, -3, -1, 0], [1, -1, -3, -1], [-1, -2, -2, -3]]
    np.testing.assert_array_equal(relu(x) - 3, expected)


def test_maxout_on_the_slides():
    x, w1, w2 = np.array([1.0, -2.0]), np.array([[1.0], [2.0]]), np.array([[3.0], [1.0]])
    b1, b2 = np.array([5.0]), np.array([0.5])
    y = maxout(x, [w1, w2], [b1, b2])
    np.testing.assert_array_equal(y, np.maximum(x @ w1 + b1, x @ w2 + b2))
    np.testing.assert_array_equal(y, [2.0])


def test_apl_on_the_slides():
    a, b = np.array([[0.2], [-0.5]]), np.array([[0.0], [1.0]])
    expected = np.maximum(X, 0) + 0.2 * np.maximum(0, -X) - 0.5 * np.maximum(0, -X + 1)
    np.testing.assert_allclose(apl(X[:, None], a, b)[:, 0], expected)


def test_apl_without_slopes_is_relu():
    np.testing.assert_array_equal(apl(X, np.zeros((2, 81)), np.ones((2, 81))), relu(X))


def test_a_learnt_slope_may_exceed_one():
    """He et al.'s max(x, 0) + α min(x, 0), where the slide's max(x, αx) would be |…|."""
    np.testing.assert_array_equal(prelu([-1.0, 1.0], 2.0), [-2.0, 1.0])


@pytest.mark.parametrize("name", [name for name in TABLE if name != "identity"])
def test_nothing_overflows(name):
    options, _ = TABLE[name]
    x = np.array([-1e4, 0, 1e4])
    assert np.isfinite(getattr(reference, name)(x, **options)).all()
    to_x, *_ = getattr(reference, f"{name}_gradients")(np.ones(3), x, **options)
    assert np.isfinite(to_x).all()


def test_the_slope_at_zero_is_that_on_the_left():
    np.testing.assert_array_equal(relu_gradients([1.0], [0.0])[0], [0])
    np.testing.assert_array_equal(sigmoid_gradients([1.0], [0.0])[0], [0.25])


def test_small_values_keep_their_digits():
    assert sigmoid([-40.0])[0] == pytest.approx(np.exp(-40), rel=1e-12, abs=0)
    assert tanh([1e-12])[0] == 1e-12


def test_softmax_adds_up_to_one_and_does_not_overflow():
    y = softmax([[1000.0, 0, -1000], [1, 1, 1]])
    np.testing.assert_allclose(y, [[1, 0, 0], [1 / 3, 1 / 3, 1 / 3]])
    np.testing.assert_allclose(softmax([1.0, 2.0]), softmax([101.0, 102.0]))


def test_what_is_added_to_all_scores_has_no_gradient():
    (to_x,) = softmax_gradients([1.0, 2.0, 3.0], [0.5, -1, 2])
    assert np.sum(to_x) == pytest.approx(0, abs=1e-15)


def test_cross_entropy_is_the_logarithm_of_one_probability():
    logits, one_hot = np.array([[2.0, 1.0, 0.0], [1000.0, 0.0, 0.0]]), np.eye(3)[[1, 2]]
    y = cross_entropy(logits, one_hot)
    np.testing.assert_allclose(y, [-np.log(softmax(logits[0])[1]), 1000])
    to_logits, _ = cross_entropy_gradients([1.0, 1.0], logits, one_hot)
    np.testing.assert_allclose(to_logits, softmax(logits) - one_hot)


def test_targets_that_do_not_add_up_to_one_weigh_the_whole():
    logits = np.array([0.5, -1.0, 2.0])
    np.testing.assert_allclose(
        cross_entropy(logits, [0, 3.0, 0]), 3 * cross_entropy(logits, [0, 1.0, 0])
    )
    to_logits, _ = cross_entropy_gradients(1.0, logits, [0, 3.0, 0])
    np.testing.assert_allclose(to_logits, 3 * (softmax(logits) - [0, 1, 0]))
