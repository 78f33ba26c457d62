"""Where a kernel or a pool stands: every position of a window that slides over the padded input."""

from collections.abc import Sequence

import numpy as np

from cnncourse.reference.layout import FloatArray
from cnncourse.reference.steps import Padding, Steps, padding_sides, per_axis


def sliding_windows(
    x: FloatArray,
    size: Sequence[int],
    strides: Steps = 1,
    padding: Padding = "valid",
    dilation_rate: Steps = 1,
    fill: float = 0.0,
) -> FloatArray:
    """Every window on `x`, as a view of its padded copy.

    Args:
        size: elements of the window along each spatial axis.
        strides, padding, dilation_rate: as for `correlate2d`.
        fill: the value of what is padded.

    Shapes:
        x: (N, *spatial, C)
        output: (N, *positions, C, *size)

    Raises:
        ValueError: an option has the wrong length, type or sign, or the window exceeds the
            padded input.
    """
    steps = per_axis("strides", strides, len(size))
    rates = per_axis("dilation_rate", dilation_rate, len(size))
    spans = tuple((k - 1) * rate + 1 for k, rate in zip(size, rates, strict=True))
    sides = padding_sides(padding, x.shape[1:-1], spans, steps)
    padded = np.pad(x, [(0, 0), *sides, (0, 0)], constant_values=fill)
    _refuse_too_large(spans, padded.shape[1:-1])
    axes = tuple(range(1, len(size) + 1))
    view = np.lib.stride_tricks.sliding_window_view(padded, spans, axis=axes)
    return view[:, *_every(steps), :, *_every(rates)]


def _refuse_too_large(spans: tuple[int, ...], lengths: tuple[int, ...]) -> None:
    if any(span > length for span, length in zip(spans, lengths, strict=True)):
        advice = "use a smaller one or more padding"
        raise ValueError(f"the window covers {spans}, the padded input has {lengths}; {advice}")


def _every(steps: Sequence[int]) -> list[slice]:
    return [slice(None, None, step) for step in steps]
