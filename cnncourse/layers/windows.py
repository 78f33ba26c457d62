"""Where a window stands along the spatial axes of an input, whose sizes may be unknown tensors."""

from collections.abc import Sequence
from typing import Any

from keras import ops

from cnncourse.arithmetic import covered_size, output_size
from cnncourse.layers.validation import Shape, Sizes, spatial


def output_sizes(
    sizes: Sequence[int | None], window: Sizes, strides: Sizes, padding: str
) -> tuple[int | None, ...]:
    """How many positions a window has along each axis; None where the input's size is unknown."""
    return tuple(
        None if size is None else output_size(size, length, strides=stride, padding=padding)
        for size, length, stride in zip(sizes, window, strides, strict=True)
    )


def with_sizes(input_shape: Shape, sizes: Shape, channels: int | None, data_format: str) -> Shape:
    """The shape of an output with these sizes and channels."""
    if data_format == "channels_last":
        return (input_shape[0], *sizes, channels)
    return (input_shape[0], channels, *sizes)


def same_sides(
    sizes: Sequence[Any], window: Sizes, strides: Sizes, rates: Sizes
) -> list[tuple[Any, Any]]:
    """Zeros that "same" puts before and after each axis: an odd one goes after.

    Source:
        https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    sides = []
    for size, length, stride, rate in zip(sizes, window, strides, rates, strict=True):
        covered = covered_size(length, dilation_rate=rate)
        total = ((size + stride - 1) // stride - 1) * stride + covered - size
        total = max(total, 0) if isinstance(total, int) else ops.maximum(total, 0)
        sides.append((total // 2, total - total // 2))
    return sides


def pad_same(
    inputs: Any, window: Sizes, strides: Sizes, rates: Sizes, data_format: str, fill: float = 0.0
) -> Any:
    """The input with what "same" adds, so that "valid" does the rest, alike on every backend."""
    sides = same_sides(spatial(ops.shape(inputs), data_format), window, strides, rates)
    if all(isinstance(zeros, int) and zeros == 0 for side in sides for zeros in side):
        return inputs
    pairs = [(0, 0), *sides, (0, 0)]
    if data_format == "channels_first":
        pairs = [(0, 0), (0, 0), *sides]
    return ops.pad(inputs, pairs, constant_values=fill)


def take_every(inputs: Any, steps: Sizes, data_format: str) -> Any:
    """Every so manieth element along each spatial axis, the first included."""
    if all(step == 1 for step in steps):
        return inputs
    taken = tuple(slice(None, None, step) for step in steps)
    if data_format == "channels_last":
        return inputs[(slice(None), *taken)]
    return inputs[(slice(None), slice(None), *taken)]
