"""Where a kernel or a pool stands: every position of a window that slides over the padded input."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from cnncourse.reference.layout import FloatArray
from cnncourse.reference.steps import Padding, Sides, Steps, padding_sides, per_axis


@dataclass(frozen=True)
class Sliding:
    """A window on its way over an input, spatial axis by spatial axis.

    Args:
        lengths: of the input.
        size: elements of the window.
        strides: from one window to the next.
        sides: elements padded before and after the input.
        rates: from one element of the window to the next.
    """

    lengths: tuple[int, ...]
    size: tuple[int, ...]
    strides: tuple[int, ...]
    sides: tuple[Sides, ...]
    rates: tuple[int, ...]

    @cached_property
    def spans(self) -> tuple[int, ...]:
        """From the first to the last element of the window."""
        return spans_of(self.size, self.rates)

    @cached_property
    def padded(self) -> tuple[int, ...]:
        """Lengths of the padded input."""
        return tuple(n + sum(pair) for n, pair in zip(self.lengths, self.sides, strict=True))

    @cached_property
    def positions(self) -> tuple[int, ...]:
        """Windows along each axis: those that fit."""
        axes = zip(self.padded, self.spans, self.strides, strict=True)
        return tuple((length - span) // stride + 1 for length, span, stride in axes)

    def take(self, x: FloatArray, fill: float = 0.0) -> FloatArray:
        """Every window on `x`, as a view of its copy, padded with `fill`.

        Shapes:
            x: (N, *lengths, C)
            output: (N, *positions, C, *size)
        """
        padded = np.pad(x, [(0, 0), *self.sides, (0, 0)], constant_values=fill)
        axes = tuple(range(1, len(self.size) + 1))
        view = np.lib.stride_tricks.sliding_window_view(padded, self.spans, axis=axes)
        return view[:, *_every(self.strides), :, *_every(self.rates)]

    def put(self, windows: FloatArray) -> FloatArray:
        """Lay windows where `take` found them, adding up where they overlap: its transpose.

        What lies on the padding is dropped.

        Shapes:
            windows: (N, *positions, C, *size)
            output: (N, *lengths, C)
        """
        images, channels = windows.shape[0], windows.shape[len(self.size) + 1]
        padded = np.zeros((images, *self.padded, channels))
        for at in np.ndindex(*self.size):
            padded[:, *self._under(at)] += windows[..., *at]
        inside = [
            slice(before, before + length)
            for (before, _), length in zip(self.sides, self.lengths, strict=True)
        ]
        return padded[:, *inside]

    def _under(self, at: tuple[int, ...]) -> list[slice]:
        """Where in the padded input this element of the window comes to lie."""
        axes = zip(at, self.rates, self.positions, self.strides, strict=True)
        return [
            slice(i * rate, i * rate + (positions - 1) * stride + 1, stride)
            for i, rate, positions, stride in axes
        ]


def slide(
    lengths: Sequence[int],
    size: Sequence[int],
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
) -> Sliding:
    """What the options, which are those of `correlate2d`, mean for a window on such an input.

    Raises:
        ValueError: an option has the wrong length, type or sign, or the window exceeds the
            padded input.
    """
    steps = per_axis("strides", strides, len(size))
    rates = per_axis("dilation_rate", dilation_rate, len(size))
    sides = padding_sides(padding, lengths, spans_of(size, rates), steps)
    sliding = Sliding(tuple(lengths), tuple(size), steps, tuple(sides), rates)
    _refuse_too_large(sliding.spans, sliding.padded)
    return sliding


def spans_of(size: Sequence[int], rates: Sequence[int]) -> tuple[int, ...]:
    """What dilated windows of this size cover."""
    return tuple((k - 1) * rate + 1 for k, rate in zip(size, rates, strict=True))


def _refuse_too_large(spans: tuple[int, ...], lengths: tuple[int, ...]) -> None:
    if any(span > length for span, length in zip(spans, lengths, strict=True)):
        advice = "use a smaller one or more padding"
        raise ValueError(f"the window covers {spans}, the padded input has {lengths}; {advice}")


def _every(steps: Sequence[int]) -> list[slice]:
    return [slice(None, None, step) for step in steps]
