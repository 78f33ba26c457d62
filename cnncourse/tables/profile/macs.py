"""Multiply-accumulates of weights with one image, by kind of layer.

What has no weights to multiply by, or one for each channel alone, as batch normalization, has none
by the convention of published counts.
"""

from typing import Any

from cnncourse import arithmetic
from cnncourse.tables.profile.unknown import Amount, Unknown
from cnncourse.tables.profile.use import Use, count


def none(use: Use) -> Amount:  # noqa: ARG001 a kind asks all of them alike
    """No products."""
    return 0


def convolution(use: Use) -> Amount:
    """Every output sums `kernel_size` products for each channel of its group."""
    layer = use.layer
    groups = getattr(layer, "groups", 1)
    return _times(
        count(use.sizes_of(use.output_shape)),
        arithmetic.conv_macs(
            (1,), layer.kernel_size, use.in_channels, layer.filters, groups=groups
        ),
    )


def transposed(use: Use) -> Amount:
    """Every input is multiplied with every weight of its group."""
    layer = use.layer
    groups = getattr(layer, "groups", 1)
    return _times(
        count(use.sizes_of(use.input_shape)),
        arithmetic.transposed_macs(
            (1,), layer.kernel_size, use.in_channels, layer.filters, groups=groups
        ),
    )


def depthwise(use: Use) -> Amount:
    """Every output sums `kernel_size` products."""
    return _times(count(use.sizes_of(use.output_shape)), _depthwise_kernel(use))


def separable(use: Use) -> Amount:
    """Depthwise, and then pointwise."""
    layer = use.layer
    pointwise = use.in_channels * layer.depth_multiplier * layer.filters
    positions = count(use.sizes_of(use.output_shape))
    return _times(positions, _depthwise_kernel(use) + pointwise)


def dense(use: Use) -> Amount:
    """A matrix, at each place where there are places."""
    features = use.input_shape[-1]
    assert features is not None
    places = count(use.input_shape[1:-1])
    return _times(places, arithmetic.dense_macs(features, use.layer.units))


def maxout(use: Use) -> Amount:
    """Several matrices."""
    return _times(dense(use), use.layer.pieces)


def _depthwise_kernel(use: Use) -> int:
    layer: Any = use.layer
    return arithmetic.depthwise_macs(
        (1,), layer.kernel_size, use.in_channels, depth_multiplier=layer.depth_multiplier
    )


def _times(places: Amount, products: int) -> Amount:
    return places if isinstance(places, Unknown) else places * products
