"""What a layer costs on one image: multiply-accumulates, and the numbers that it writes.

A product with a zero of the padding counts like any other; a bias, which is only added, does not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import prod

from cnncourse.arithmetic.counts import require
from cnncourse.arithmetic.parameters import conv_params, dense_params, products
from cnncourse.arithmetic.sizes import output_size


def conv_macs(
    output_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    groups: int = 1,
) -> int:
    """Multiply-accumulates of a convolution, or a locally connected layer.

    Args:
        output_shape: its positions, without channels.

    Raises:
        ValueError: `groups` does not divide `in_channels` and `filters`.
    """
    require(1, output_shape=min(output_shape))
    return prod(output_shape) * filters * products(kernel_size, in_channels, filters, groups)


def depthwise_macs(
    output_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    *,
    depth_multiplier: int = 1,
) -> int:
    """Multiply-accumulates of a convolution whose every kernel sees one channel."""
    filters = in_channels * depth_multiplier
    return conv_macs(output_shape, kernel_size, in_channels, filters, groups=in_channels)


def transposed_macs(
    input_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    groups: int = 1,
) -> int:
    """Multiply-accumulates of a transposed convolution: every input meets every weight once.

    Zeros that are only inserted between the inputs are not counted; outputs that "same" drops are.

    Args:
        input_shape: the positions that it is given, without channels.
    """
    return conv_macs(input_shape, kernel_size, in_channels, filters, groups=groups)


def dense_macs(in_features: int, units: int) -> int:
    """Multiply-accumulates of a fully connected layer."""
    return dense_params(in_features, units, use_bias=False)


def activation_bytes(output_shape: Sequence[int], *, item_size: int = 4) -> int:
    """Memory of a layer's output.

    Args:
        output_shape: of one image, channels included.
        item_size: bytes of a number; 4 in float32.
    """
    require(1, output_shape=min(output_shape, default=1), item_size=item_size)
    return prod(output_shape) * item_size


@dataclass(frozen=True)
class Cost:
    """Time as multiply-accumulates, and space as numbers written."""

    macs: int
    numbers: int


@dataclass(frozen=True)
class Passes:
    """One image forward, and the two halves of its way back.

    Each product of the forward pass is differentiated once with respect to either factor, so that
    the three take the same time. A network's first layer needs no gradient of its input.
    """

    forward: Cost
    input_gradient: Cost
    weight_gradient: Cost


def conv_passes(
    input_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    strides: Sequence[int] | int = 1,
    padding: int | str = 0,
    dilation_rate: int = 1,
    groups: int = 1,
) -> Passes:
    """What a convolution costs forward and backward, without biases.

    Args:
        input_shape: one image, without channels.
        strides: of every axis, or one for all.
    """
    per_axis = (strides,) * len(input_shape) if isinstance(strides, int) else strides
    positions = [
        output_size(size, k, strides=step, padding=padding, dilation_rate=dilation_rate)
        for size, k, step in zip(input_shape, kernel_size, per_axis, strict=True)
    ]
    return _passes(
        conv_macs(positions, kernel_size, in_channels, filters, groups=groups),
        inputs=prod(input_shape) * in_channels,
        outputs=prod(positions) * filters,
        weights=conv_params(kernel_size, in_channels, filters, groups=groups, use_bias=False),
    )


def dense_passes(in_features: int, units: int) -> Passes:
    """What a fully connected layer costs forward and backward, without biases."""
    macs = dense_macs(in_features, units)
    return _passes(macs, inputs=in_features, outputs=units, weights=macs)


def _passes(macs: int, *, inputs: int, outputs: int, weights: int) -> Passes:
    return Passes(Cost(macs, outputs), Cost(macs, inputs), Cost(macs, weights))
