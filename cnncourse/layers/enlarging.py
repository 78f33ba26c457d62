"""An image made larger along one axis, whose size may be unknown."""

from typing import Any

from keras import ops


def nearest(inputs: Any, scale: int, axis: int) -> Any:
    """Each pixel `scale` times."""
    return _interleaved([inputs] * scale, axis)


def bilinear(inputs: Any, scale: int, axis: int) -> Any:
    """Linear between the centres of neighbouring pixels; beyond the outermost the value stays."""
    before, behind = _shifted(inputs, axis)
    phases = []
    for phase in range(scale):
        offset = (phase + 0.5) / scale - 0.5  # of its centre from that of the pixel it lies in
        share = abs(offset)
        phases.append((1 - share) * inputs + share * (before if offset < 0 else behind))
    return _interleaved(phases, axis)


ENLARGING = {"nearest": nearest, "bilinear": bilinear}


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
