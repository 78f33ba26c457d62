"""What an option means along each axis: strides, dilation rates, pool sizes, sides to pad."""

from collections.abc import Sequence
from numbers import Integral
from typing import Any, TypedDict

Steps = int | Sequence[int]
Sides = tuple[int, int]
Padding = str | int | Sequence[int] | Sequence[Sequence[int]]


class WindowOptions(TypedDict, total=False):
    """How a window slides; `correlate2d` says what each means."""

    strides: Steps
    padding: Padding
    dilation_rate: Steps


class ConvolutionOptions(WindowOptions, total=False):
    """And how its channels are grouped."""

    groups: int


class TransposeOptions(ConvolutionOptions, total=False):
    """And how much longer the output is; `correlate2d_transpose` says what it means."""

    output_padding: Steps | None


class PoolOptions(TypedDict, total=False):
    """How a pool slides; `max_pool2d` says what each means."""

    strides: Steps | None
    padding: Padding


def per_axis(name: str, value: Steps, rank: int, *, minimum: int = 1) -> tuple[int, ...]:
    """One int for each of `rank` axes, from one for all or from a sequence.

    Raises:
        ValueError: there are not `rank` of them, or one is no int of at least `minimum`.
    """
    values = tuple(value) if isinstance(value, Sequence) else (value,) * rank
    if len(values) != rank or not all(_is_count(v, minimum) for v in values):
        expected = f"an int of at least {minimum}, or {rank} of them in a tuple"
        raise ValueError(f"{name} is {value!r}; it must be {expected}")
    return tuple(int(v) for v in values)


def count(name: str, value: int, *, minimum: int = 1) -> int:
    """One int, the same for every axis.

    Raises:
        ValueError: it is no int of at least `minimum`.
    """
    if not _is_count(value, minimum):
        raise ValueError(f"{name} is {value!r}; it must be an int of at least {minimum}")
    return int(value)


def padding_sides(
    padding: Padding, lengths: Sequence[int], spans: Sequence[int], strides: Sequence[int]
) -> list[Sides]:
    """Elements to add before and after each spatial axis.

    Args:
        padding: "valid" (none), "same" (TensorFlow's rule: an odd one goes after), an int for all
            sides, or per axis an int or a (before, after) pair. A single axis also takes its pair
            alone, as Keras's `ZeroPadding1D` does.
        lengths: of the input along each spatial axis.
        spans: elements that a window covers along each axis, dilation included.
        strides: along each axis.

    Raises:
        ValueError: `padding` is none of these, or negative.

    Source:
        https://www.tensorflow.org/api_docs/python/tf/nn#notes_on_padding_2
    """
    if isinstance(padding, str) and padding == "valid":
        return [(0, 0)] * len(lengths)
    if isinstance(padding, str) and padding == "same":
        return [_same_sides(*axis) for axis in zip(lengths, spans, strides, strict=True)]
    return _explicit_sides(padding, len(lengths))


def _same_sides(length: int, span: int, stride: int) -> Sides:
    positions = -(-length // stride)
    total = max((positions - 1) * stride + span - length, 0)
    return total // 2, total - total // 2


def _explicit_sides(padding: Any, rank: int) -> list[Sides]:
    is_for_every_axis = not isinstance(padding, Sequence) or (rank == 1 and _pair(padding))
    pairs = [_pair(side) for side in ([padding] * rank if is_for_every_axis else padding)]
    sides = [pair for pair in pairs if pair is not None]
    if not len(pairs) == len(sides) == rank:
        expected = f"an int or a (before, after) pair for each of {rank} axes, none negative"
        raise ValueError(
            f'padding is {padding!r}; it must be "valid", "same", an int, or {expected}'
        )
    return sides


def _pair(side: Any) -> Sides | None:
    before_after = side if isinstance(side, Sequence) else (side, side)
    if len(before_after) != 2 or not all(_is_count(v, minimum=0) for v in before_after):
        return None
    return int(before_after[0]), int(before_after[1])


def _is_count(value: Any, minimum: int) -> bool:
    is_whole = isinstance(value, Integral) and not isinstance(value, bool)
    return is_whole and bool(value >= minimum)
