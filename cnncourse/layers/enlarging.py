"""Images made larger, whose sizes may be unknown."""

from typing import Any

from keras import ops

from cnncourse.layers.precision import is_double
from cnncourse.layers.validation import spatial


def nearest(inputs: Any, scale: int, data_format: str) -> Any:
    """Each pixel `scale` times along each axis."""
    rows = 1 if data_format == "channels_last" else 2
    taller = _interleaved([inputs] * scale, rows)
    return _interleaved([taller] * scale, rows + 1)


def bilinear(inputs: Any, scale: int, data_format: str) -> Any:
    """Linear between the centres of neighbouring pixels; beyond the outermost the value stays."""
    sizes = spatial(ops.shape(inputs), data_format)
    larger = tuple(size * scale for size in sizes if isinstance(size, int))
    if len(larger) == len(sizes) and not is_double(inputs):
        return ops.image.resize(inputs, larger, "bilinear", data_format=data_format)
    # Keras resizes no image of unknown size, and TensorFlow in float32.
    rows = 1 if data_format == "channels_last" else 2
    return _linear(_linear(inputs, scale, rows), scale, rows + 1)


ENLARGING = {"nearest": nearest, "bilinear": bilinear}


def _linear(inputs: Any, scale: int, axis: int) -> Any:
    before, behind = _shifted(inputs, axis)
    phases = []
    for phase in range(scale):
        offset = (phase + 0.5) / scale - 0.5  # of its centre from that of the pixel it lies in
        share = abs(offset)
        phases.append((1 - share) * inputs + share * (before if offset < 0 else behind))
    return _interleaved(phases, axis)


def _shifted(inputs: Any, axis: int) -> tuple[Any, Any]:
    """Each pixel's neighbour before it, and that behind it; at the ends the pixel itself."""
    along = (slice(None),) * axis
    first, last = inputs[(*along, slice(None, 1))], inputs[(*along, slice(-1, None))]
    others, rest = inputs[(*along, slice(None, -1))], inputs[(*along, slice(1, None))]
    return ops.concatenate([first, others], axis), ops.concatenate([rest, last], axis)


def _interleaved(phases: list[Any], axis: int) -> Any:
    """The first of each, then the second of each, and so on."""
    sizes = list(ops.shape(phases[0]))
    sizes[axis] = sizes[axis] * len(phases)
    return ops.reshape(ops.stack(phases, axis=axis + 1), sizes)
