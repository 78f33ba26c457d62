"""Activations that are given an array besides `x`, drawn at random or learnt.

Where one bends, its slope there is that on the left.
"""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream, sum_to

Two = tuple[FloatArray, FloatArray]
Three = tuple[FloatArray, FloatArray, FloatArray]


def rrelu(x: ArrayLike, alpha: ArrayLike) -> FloatArray:
    """Randomised leaky ReLU, given what was drawn: x where it is positive, αx elsewhere.

    While training, every element has an α of its own, drawn uniformly from 0.1 to 0.5 in the
    lecture's table; at inference all have the mean.

    Shapes:
        alpha: that of `x`, or one that broadcasts to it

    Source:
        Xu et al. 2015, section 2.4, arXiv:1505.00853, where x is divided by what is drawn
    """
    return prelu(x, alpha)


def prelu(x: ArrayLike, alpha: ArrayLike) -> FloatArray:
    """x where it is positive, αx elsewhere, α being learnt: max(x, αx) where α is at most 1.

    Shapes:
        alpha: one that broadcasts to that of `x`, such as one for each channel

    Raises:
        ValueError: `alpha` does not broadcast to `x`.

    Source:
        He et al. 2015, section 2.1, arXiv:1502.01852
    """
    x, alpha = _broadcasting(x, alpha=alpha)
    return np.where(x > 0, x, alpha * x)


def maxout(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> FloatArray:
    """max(W₁x + b₁, W₂x + b₂, …): the largest of several dense layers, output by output.

    Shapes:
        x: (…, C_in)
        kernel: (pieces, C_in, C_out)
        bias: (pieces, C_out)
        output: (…, C_out)

    Raises:
        ValueError: the shapes do not match.

    Source:
        Goodfellow et al. 2013, section 3, arXiv:1302.4389
    """
    return np.asarray(_pieces(x, kernel, bias).max(axis=-2))


def apl(x: ArrayLike, slopes: ArrayLike, hinges: ArrayLike) -> FloatArray:
    """Adaptive piecewise linear: max(x, 0) + Σₛ aₛ · max(0, -x + bₛ), slopes and hinges learnt.

    Shapes:
        slopes, hinges: (S, *what broadcasts to the shape of x), such as (S, C)

    Raises:
        ValueError: `slopes` and `hinges` differ in shape, or do not broadcast to `x`.

    Source:
        Agostinelli et al. 2015, equation 1, arXiv:1412.6830
    """
    x, slopes, hinges = _hinged(x, slopes, hinges)
    y = np.maximum(x, 0)
    for a, b in zip(slopes, hinges, strict=True):
        y = y + a * np.maximum(b - x, 0)
    return y


def rrelu_gradients(upstream: ArrayLike, x: ArrayLike, alpha: ArrayLike) -> Two:
    """Of a loss with respect to `x` and `alpha`, from that to the output of `rrelu`."""
    return prelu_gradients(upstream, x, alpha)


def prelu_gradients(upstream: ArrayLike, x: ArrayLike, alpha: ArrayLike) -> Two:
    """Of a loss with respect to `x` and `alpha`, from that to the output of `prelu`."""
    x, alpha = _broadcasting(x, alpha=alpha)
    y = as_upstream(upstream, x.shape)
    return y * np.where(x > 0, 1, alpha), sum_to(alpha.shape, y * np.minimum(x, 0))


def maxout_gradients(
    upstream: ArrayLike, x: ArrayLike, kernel: ArrayLike, bias: ArrayLike
) -> Three:
    """Of a loss with respect to the three arrays: all to the largest, the first of equals."""
    pieces = _pieces(x, kernel, bias)
    y = as_upstream(upstream, pieces.max(axis=-2).shape)
    numbers = np.arange(pieces.shape[-2])[:, np.newaxis]
    to_pieces = (numbers == pieces.argmax(axis=-2, keepdims=True)) * y[..., np.newaxis, :]
    x, kernel = as_float64("x", x), as_float64("kernel", kernel)
    return (
        np.einsum("...kf,kcf->...c", to_pieces, kernel),
        np.einsum(
            "nc,nkf->kcf", x.reshape(-1, x.shape[-1]), to_pieces.reshape(-1, *pieces.shape[-2:])
        ),
        sum_to(pieces.shape[-2:], to_pieces),
    )


def apl_gradients(upstream: ArrayLike, x: ArrayLike, slopes: ArrayLike, hinges: ArrayLike) -> Three:
    """Of a loss with respect to `x`, `slopes` and `hinges`, from that to the output of `apl`."""
    x, slopes, hinges = _hinged(x, slopes, hinges)
    y = as_upstream(upstream, x.shape)
    below = [(x < b).astype(np.float64) for b in hinges]
    to_x = y * (x > 0)
    for a, is_below in zip(slopes, below, strict=True):
        to_x = to_x - y * a * is_below
    to_slopes = [sum_to(b.shape, y * np.maximum(b - x, 0)) for b in hinges]
    to_hinges = [
        sum_to(a.shape, y * a * is_below) for a, is_below in zip(slopes, below, strict=True)
    ]
    return to_x, np.stack(to_slopes), np.stack(to_hinges)


def _pieces(x: ArrayLike, kernel: ArrayLike, bias: ArrayLike) -> FloatArray:
    """(…, pieces, C_out)."""
    x, kernel, bias = as_float64("x", x), as_float64("kernel", kernel), as_float64("bias", bias)
    is_dense = x.ndim > 0 and kernel.ndim == 3 and kernel.size > 0
    if not is_dense or x.shape[-1] != kernel.shape[1] or bias.shape != kernel.shape[::2]:
        shapes = f"x has shape {x.shape}, kernel {kernel.shape} and bias {bias.shape}"
        expected = "(…, C_in), (pieces, C_in, C_out) and (pieces, C_out)"
        raise ValueError(f"{shapes}; they must be {expected}")
    return np.asarray(np.einsum("...c,kcf->...kf", x, kernel) + bias)


def _hinged(x: ArrayLike, slopes: ArrayLike, hinges: ArrayLike) -> tuple[FloatArray, ...]:
    a, b = as_float64("slopes", slopes), as_float64("hinges", hinges)
    if a.ndim == 0 or a.shape != b.shape:
        expected = "the same, with one row for each hinge"
        raise ValueError(f"slopes have shape {a.shape} and hinges {b.shape}; it must be {expected}")
    array, *_ = _broadcasting(x, slopes=a[0], hinges=b[0])
    return array, a, b


def _broadcasting(x: ArrayLike, **parameters: ArrayLike) -> tuple[FloatArray, ...]:
    array = as_float64("x", x)
    found = {name: as_float64(name, value) for name, value in parameters.items()}
    for name, value in found.items():
        if not _broadcasts(value.shape, array.shape):
            received = f"x has shape {array.shape} and {name} {value.shape}"
            raise ValueError(f"{received}; {name} must broadcast to the shape of x")
    return array, *found.values()


def _broadcasts(shape: tuple[int, ...], onto: tuple[int, ...]) -> bool:
    try:
        return np.broadcast_shapes(shape, onto) == onto
    except ValueError:
        return False
