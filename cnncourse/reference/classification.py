"""From scores to probabilities, and from probabilities to a loss."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream


def softmax(x: ArrayLike) -> FloatArray:
    """eˣ of each class over the sum of all, along the last axis.

    The largest score is taken from all before, which cancels, so that nothing overflows.
    """
    return np.exp(_log_softmax(as_float64("x", x)))


def cross_entropy(logits: ArrayLike, targets: ArrayLike) -> FloatArray:
    """-Σ targets · ln softmax(logits) of each example: Keras's, `from_logits`, before any mean.

    Shapes:
        logits: (…, classes), the scores before softmax
        targets: the same: one-hot, or probabilities
        output: (…)

    Raises:
        ValueError: the shapes differ.
    """
    scores, wanted = _matching(logits, targets)
    return np.asarray(-(wanted * _log_softmax(scores)).sum(axis=-1))


def softmax_gradients(upstream: ArrayLike, x: ArrayLike) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: what goes to one class is taken from all."""
    p = softmax(x)
    y = as_upstream(upstream, p.shape)
    return (p * (y - (y * p).sum(axis=-1, keepdims=True)),)


def cross_entropy_gradients(
    upstream: ArrayLike, logits: ArrayLike, targets: ArrayLike
) -> tuple[FloatArray, FloatArray]:
    """Of a loss with respect to `logits` and `targets`, from that to each example's entropy.

    For targets that add up to 1, the logits get softmax(logits) - targets.
    """
    scores, wanted = _matching(logits, targets)
    y = as_upstream(upstream, scores.shape[:-1])[..., np.newaxis]
    total = wanted.sum(axis=-1, keepdims=True)
    return y * (total * softmax(scores) - wanted), -y * _log_softmax(scores)


def _log_softmax(x: FloatArray) -> FloatArray:
    below = x - x.max(axis=-1, keepdims=True)
    return np.asarray(below - np.log(np.exp(below).sum(axis=-1, keepdims=True)))


def _matching(logits: ArrayLike, targets: ArrayLike) -> tuple[FloatArray, FloatArray]:
    scores, wanted = as_float64("logits", logits), as_float64("targets", targets)
    if scores.shape != wanted.shape or scores.ndim == 0:
        shapes = f"logits have shape {scores.shape} and targets {wanted.shape}"
        raise ValueError(f"{shapes}; it must be the same, classes last")
    return scores, wanted
