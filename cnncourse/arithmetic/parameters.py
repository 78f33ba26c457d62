"""How many weights a layer has: fully connected, locally connected, and shared by all positions."""

from collections.abc import Sequence
from math import prod

from cnncourse.arithmetic.counts import require


def conv_params(
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    groups: int = 1,
    use_bias: bool = True,
) -> int:
    """Weights of a convolution, and of a transposed one: all positions share them.

    Raises:
        ValueError: `groups` does not divide `in_channels` and `filters`.
    """
    return filters * (products(kernel_size, in_channels, filters, groups) + use_bias)


def depthwise_params(
    kernel_size: Sequence[int],
    in_channels: int,
    *,
    depth_multiplier: int = 1,
    use_bias: bool = True,
) -> int:
    """Weights of a convolution whose every kernel sees one channel."""
    filters = in_channels * depth_multiplier
    return conv_params(kernel_size, in_channels, filters, groups=in_channels, use_bias=use_bias)


def local_params(
    output_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    use_bias: bool = True,
) -> int:
    """Weights of a locally connected layer: each position has kernels and biases of its own.

    Args:
        output_shape: the positions, without channels.
    """
    require(1, output_shape=min(output_shape))
    return prod(output_shape) * conv_params(kernel_size, in_channels, filters, use_bias=use_bias)


def dense_params(in_features: int, units: int, *, use_bias: bool = True) -> int:
    """Weights of a fully connected layer."""
    require(1, in_features=in_features, units=units)
    return units * (in_features + use_bias)


def batch_norm_params(channels: int) -> int:
    """Scale, shift, and the moving mean and variance, which no gradient trains."""
    require(1, channels=channels)
    return 4 * channels


def products(kernel_size: Sequence[int], in_channels: int, filters: int, groups: int) -> int:
    """How many of them are summed up to one output of a convolution.

    Raises:
        ValueError: `groups` does not divide `in_channels` and `filters`.
    """
    require(
        1, kernel_size=min(kernel_size), in_channels=in_channels, filters=filters, groups=groups
    )
    if in_channels % groups or filters % groups:
        received = f"in_channels is {in_channels}, filters {filters}, groups {groups}"
        raise ValueError(f"{received}; choose groups that divide both")
    return prod(kernel_size) * in_channels // groups
