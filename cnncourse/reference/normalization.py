"""Normalization: batch norm while training and at inference, and AlexNet's across channels."""

import numpy as np
from numpy.typing import ArrayLike

from cnncourse.reference.layout import FloatArray, as_float64, as_upstream, sum_to
from cnncourse.reference.steps import count


def batch_normalize(
    x: ArrayLike, gamma: ArrayLike, beta: ArrayLike, *, epsilon: float = 1e-3
) -> FloatArray:
    """Batch norm while training: each channel to mean `beta` and standard deviation `gamma`.

    γ · (x - mean) / √(variance + ε) + β, with mean and variance (the mean of squared differences)
    of each channel over all other axes.

    Args:
        gamma, beta: one for each channel.
        epsilon: keeps a constant channel from a division by zero; 0.001 as in Keras.

    Shapes:
        x: (…, C)
        output: the same

    Raises:
        ValueError: `gamma` or `beta` does not have one element for each channel.

    Source:
        Ioffe & Szegedy 2015, algorithm 1, arXiv:1502.03167
    """
    x, gamma, beta = _per_channel(x, gamma=gamma, beta=beta)
    normal, _ = _normalized(x, epsilon)
    return gamma * normal + beta


def batch_normalize_inference(
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    epsilon: float = 1e-3,
) -> FloatArray:
    """Batch norm at inference: as `batch_normalize`, with mean and variance kept from training.

    They are constants now, so that each channel is only scaled and shifted.
    """
    x, gamma, beta, mean, variance = _per_channel(
        x, gamma=gamma, beta=beta, mean=mean, variance=variance
    )
    return gamma * (x - mean) / np.sqrt(variance + epsilon) + beta


def local_response_normalize(
    x: ArrayLike,
    *,
    depth_radius: int = 2,
    bias: float = 2.0,
    alpha: float = 1e-4,
    beta: float = 0.75,
) -> FloatArray:
    """Each value divided by (bias + α · Σ squares)^β, summed over its neighbours among channels.

    Args:
        depth_radius: channels on either side that count as neighbours, fewer at the ends.
        bias, alpha, beta: by default those of AlexNet. PyTorch divides alpha by the number of
            neighbours.

    Shapes:
        x: (…, C)
        output: the same

    Raises:
        ValueError: `depth_radius` is no int of at least 0.

    Source:
        Krizhevsky et al. 2012, section 3.3, where n = 2 · depth_radius + 1
    """
    array = as_float64("x", x)
    scales = bias + alpha * (array**2 @ _neighbours(array, depth_radius))
    return np.asarray(array / scales**beta)


def batch_normalize_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    *,
    epsilon: float = 1e-3,
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Of a loss with respect to `x`, `gamma` and `beta`, from that to `batch_normalize`'s output.

    Mean and variance depend on `x` too: what they would take away, `x` does not get.
    """
    x, gamma, beta = _per_channel(x, gamma=gamma, beta=beta)
    y = as_upstream(upstream, x.shape)
    normal, deviation = _normalized(x, epsilon)
    to_normal = y * gamma
    along_mean = to_normal.mean(axis=_others(x))
    along_normal = (to_normal * normal).mean(axis=_others(x))
    to_x = (to_normal - along_mean - normal * along_normal) / deviation
    return to_x, sum_to(gamma.shape, y * normal), sum_to(beta.shape, y)


def batch_normalize_inference_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    gamma: ArrayLike,
    beta: ArrayLike,
    mean: ArrayLike,
    variance: ArrayLike,
    *,
    epsilon: float = 1e-3,
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Of a loss with respect to all five arrays, in their order."""
    x, gamma, beta, mean, variance = _per_channel(
        x, gamma=gamma, beta=beta, mean=mean, variance=variance
    )
    y = as_upstream(upstream, x.shape)
    deviation = np.sqrt(variance + epsilon)
    normal, slope = (x - mean) / deviation, gamma / deviation
    return (
        y * slope,
        sum_to(gamma.shape, y * normal),
        sum_to(beta.shape, y),
        sum_to(mean.shape, -y * slope),
        sum_to(variance.shape, -y * normal * slope / (2 * deviation)),
    )


def local_response_normalize_gradients(
    upstream: ArrayLike,
    x: ArrayLike,
    *,
    depth_radius: int = 2,
    bias: float = 2.0,
    alpha: float = 1e-4,
    beta: float = 0.75,
) -> tuple[FloatArray]:
    """Of a loss with respect to `x`: as numerator, and as a neighbour in denominators."""
    array = as_float64("x", x)
    y = as_upstream(upstream, array.shape)
    near = _neighbours(array, depth_radius)
    scales = bias + alpha * (array**2 @ near)
    in_denominators = (y * array * scales ** (-beta - 1)) @ near
    return (y / scales**beta - 2 * alpha * beta * array * in_denominators,)


def _normalized(x: FloatArray, epsilon: float) -> tuple[FloatArray, FloatArray]:
    """(x - mean) / √(variance + ε), and that root."""
    deviation = np.sqrt(x.var(axis=_others(x)) + epsilon)
    return (x - x.mean(axis=_others(x))) / deviation, deviation


def _others(x: FloatArray) -> tuple[int, ...]:
    return tuple(range(x.ndim - 1))


def _neighbours(x: FloatArray, depth_radius: int) -> FloatArray:
    """(C, C): 1 where two channels lie no further apart than that."""
    channels = np.arange(x.shape[-1])
    distances = np.abs(channels[:, np.newaxis] - channels)
    is_near = distances <= count("depth_radius", depth_radius, minimum=0)
    return np.asarray(is_near, np.float64)


def _per_channel(x: ArrayLike, **parameters: ArrayLike) -> tuple[FloatArray, ...]:
    array = as_float64("x", x)
    found = {name: as_float64(name, value) for name, value in parameters.items()}
    for name, value in found.items():
        if array.ndim == 0 or value.shape != array.shape[-1:]:
            received = f"x has shape {array.shape} and {name} {value.shape}"
            raise ValueError(f"{received}; {name} must have one element for each channel of x")
    return array, *found.values()
