"""The arithmetic of one layer: sizes, padding, parameters, multiply-accumulates.

Sizes are of one axis; the axes of an image do not depend on one another. Every function raises a
ValueError where a count is below 1, a padding below 0, or a result would not be a whole number.
"""

from collections.abc import Sequence
from math import prod


def covered_size(kernel_size: int, *, dilation_rate: int = 1) -> int:
    """Elements from the first to the last that a dilated kernel touches."""
    _require(1, kernel_size=kernel_size, dilation_rate=dilation_rate)
    return (kernel_size - 1) * dilation_rate + 1


def output_size(
    input_size: int,
    kernel_size: int,
    *,
    strides: int = 1,
    padding: int | str = 0,
    dilation_rate: int = 1,
    strict: bool = False,
) -> int:
    """Positions of a kernel or a pool: floor((input + 2·padding - kernel) / stride) + 1.

    Args:
        padding: zeros on each side, or Keras's "valid" (none) or "same" (⌈input / stride⌉).
        strict: refuse a kernel that does not end exactly at the border, where Keras drops the rest.

    Raises:
        ValueError: the kernel does not fit; or, if `strict`, not exactly.

    Source:
        Dumoulin & Visin 2016, relationships 6 and 15, arXiv:1603.07285
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    _require(1, input_size=input_size, strides=strides)
    if padding == "same":
        return -(-input_size // strides)
    padded = input_size + 2 * _zeros_per_side(padding)
    steps, rest = divmod(padded - covered, strides)
    if steps < 0:
        raise ValueError(
            f"the kernel covers {covered} of {padded}; use a smaller one or more padding"
        )
    if strict and rest:
        received = (
            f"({padded} - {covered}) / {strides} + 1 = {(padded - covered) / strides + 1:.2f}"
        )
        raise ValueError(f"{received} is no whole number; change strides or padding by hand")
    return steps + 1


def size_preserving_padding(kernel_size: int, *, dilation_rate: int = 1) -> int:
    """Zeros on each side that keep the size at stride 1: (k - 1) / 2.

    Raises:
        ValueError: the kernel covers an even number of elements, so both sides cannot be equal.
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    if covered % 2 == 0:
        raise ValueError(f"the kernel covers {covered}; it must be odd to pad both sides alike")
    return covered // 2


def total_same_padding(
    input_size: int, kernel_size: int, *, strides: int = 1, dilation_rate: int = 1
) -> int:
    """Zeros that "same" adds in all; half of them go before, and an odd one after.

    Source:
        https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    covered = covered_size(kernel_size, dilation_rate=dilation_rate)
    positions = output_size(input_size, kernel_size, strides=strides, padding="same")
    return max((positions - 1) * strides + covered - input_size, 0)


def conv_params(
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    groups: int = 1,
    use_bias: bool = True,
) -> int:
    """Weights of a convolution; depthwise is `groups` and `filters` equal to `in_channels`.

    Raises:
        ValueError: `groups` does not divide `in_channels` and `filters`.
    """
    return filters * (_terms(kernel_size, in_channels, filters, groups) + use_bias)


def conv_macs(
    output_shape: Sequence[int],
    kernel_size: Sequence[int],
    in_channels: int,
    filters: int,
    *,
    groups: int = 1,
) -> int:
    """Multiply-accumulates of a convolution on one image whose output has spatial `output_shape`.

    Raises:
        ValueError: `groups` does not divide `in_channels` and `filters`.
    """
    return prod(output_shape) * filters * _terms(kernel_size, in_channels, filters, groups)


def dense_params(in_features: int, units: int, *, use_bias: bool = True) -> int:
    """Weights of a fully connected layer."""
    _require(1, in_features=in_features, units=units)
    return units * (in_features + use_bias)


def dense_macs(in_features: int, units: int) -> int:
    """Multiply-accumulates of a fully connected layer on one input."""
    return dense_params(in_features, units, use_bias=False)


def _terms(kernel_size: Sequence[int], in_channels: int, filters: int, groups: int) -> int:
    """Products in the sum that makes one output."""
    _require(
        1, kernel_size=min(kernel_size), in_channels=in_channels, filters=filters, groups=groups
    )
    if in_channels % groups or filters % groups:
        received = f"in_channels is {in_channels}, filters {filters}, groups {groups}"
        raise ValueError(f"{received}; choose groups that divide both")
    return prod(kernel_size) * in_channels // groups


def _zeros_per_side(padding: int | str) -> int:
    if isinstance(padding, str) and padding != "valid":
        raise ValueError(
            f'padding is "{padding}"; it must be "valid", "same" or zeros for each side'
        )
    zeros = 0 if isinstance(padding, str) else padding
    _require(0, padding=zeros)
    return zeros


def _require(minimum: int, **counts: int) -> None:
    for name, count in counts.items():
        if count < minimum:
            raise ValueError(f"{name} is {count}; it must be at least {minimum}")
