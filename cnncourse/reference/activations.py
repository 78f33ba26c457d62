"""Activations without weights, element by element: most rows of the lecture's table.

Where one bends at 0, its slope there is that on the left, as in Keras.

Source:
    the table: Mishkin et al. 2017, table 3, arXiv:1606.02228
"""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream

Gradient = tuple[FloatArray]


def identity(x: ArrayLike) -> FloatArray:
    """x: no activation, Keras's "linear"."""
    return as_float64("x", x)


def sigmoid(x: ArrayLike) -> FloatArray:
    """1 / (1 + e⁻ˣ), as the exponential of -ln(1 + e⁻ˣ), which neither overflows nor cancels."""
    return np.asarray(np.exp(-np.logaddexp(0, -as_float64("x", x))))


def tanh(x: ArrayLike) -> FloatArray:
    """(e²ˣ - 1) / (e²ˣ + 1)."""
    return np.asarray(np.tanh(as_float64("x", x)))


def relu(x: ArrayLike) -> FloatArray:
    """max(x, 0).

    Source:
        Nair & Hinton 2010
    """
    return np.maximum(as_float64("x", x), 0)


def centered_softplus(x: ArrayLike) -> FloatArray:
    """ln(eˣ + 1) - ln 2: a smooth ReLU that is 0 at 0."""
    return np.asarray(np.logaddexp(as_float64("x", x), 0) - np.log(2))


def leaky_relu(x: ArrayLike, *, alpha: float = 0.01) -> FloatArray:
    """max(x, αx): x where it is positive, αx elsewhere.

    Source:
        Maas et al. 2013, section 2. Keras's `LeakyReLU` has 0.3 where none is given.
    """
    return _leaky(as_float64("x", x), alpha)


def vrelu(x: ArrayLike, *, alpha: float = 0.3) -> FloatArray:
    """Very leaky ReLU: `leaky_relu` with an α from 0.1 to 0.5."""
    return _leaky(as_float64("x", x), alpha)


def elu(x: ArrayLike, *, alpha: float = 1.0) -> FloatArray:
    """x where it is positive, α(eˣ - 1) elsewhere.

    Source:
        Clevert et al. 2016, section 3, arXiv:1511.07289
    """
    array = as_float64("x", x)
    return np.where(array > 0, array, alpha * np.expm1(np.minimum(array, 0)))


def identity_gradients(upstream: ArrayLike, x: ArrayLike) -> Gradient:
    """Of a loss with respect to `x`: slope 1."""
    return (as_upstream(upstream, as_float64("x", x).shape),)


def sigmoid_gradients(upstream: ArrayLike, x: ArrayLike) -> Gradient:
    """Of a loss with respect to `x`: slope σ(x)σ(-x), a quarter at most."""
    return _sloped(upstream, sigmoid(x) * sigmoid(-as_float64("x", x)))


def tanh_gradients(upstream: ArrayLike, x: ArrayLike) -> Gradient:
    """Of a loss with respect to `x`: slope 1 - tanh² x = 4σ(2x)σ(-2x), 1 at most."""
    double = 2 * as_float64("x", x)
    return _sloped(upstream, 4 * sigmoid(double) * sigmoid(-double))


def relu_gradients(upstream: ArrayLike, x: ArrayLike) -> Gradient:
    """Of a loss with respect to `x`: slope 1 where it is positive, 0 elsewhere."""
    return leaky_relu_gradients(upstream, x, alpha=0)


def centered_softplus_gradients(upstream: ArrayLike, x: ArrayLike) -> Gradient:
    """Of a loss with respect to `x`: slope σ(x)."""
    return _sloped(upstream, sigmoid(x))


def leaky_relu_gradients(upstream: ArrayLike, x: ArrayLike, *, alpha: float = 0.01) -> Gradient:
    """Of a loss with respect to `x`: slope 1 where it is positive, α elsewhere."""
    return _sloped(upstream, np.where(as_float64("x", x) > 0, 1.0, alpha))


def vrelu_gradients(upstream: ArrayLike, x: ArrayLike, *, alpha: float = 0.3) -> Gradient:
    """Of a loss with respect to `x`: slope 1 where it is positive, α elsewhere."""
    return leaky_relu_gradients(upstream, x, alpha=alpha)


def elu_gradients(upstream: ArrayLike, x: ArrayLike, *, alpha: float = 1.0) -> Gradient:
    """Of a loss with respect to `x`: slope 1 where it is positive, αeˣ elsewhere."""
    array = as_float64("x", x)
    return _sloped(upstream, np.where(array > 0, 1.0, alpha * np.exp(np.minimum(array, 0))))


def _leaky(x: FloatArray, alpha: float) -> FloatArray:
    return np.where(x > 0, x, alpha * x)


def _sloped(upstream: ArrayLike, slopes: FloatArray) -> Gradient:
    return (as_upstream(upstream, slopes.shape) * slopes,)
