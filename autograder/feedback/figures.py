"""Arrays as PNG pictures, one pixel an element, without text, axes or any state of Matplotlib's.

Matplotlib is imported when the first picture is drawn; `pyplot` never is, so a notebook's own
figures and backend stay as they are. Equal arrays give equal bytes.
"""

from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from autograder.protocol import Array

LARGEST = 256
"""Pixels of a side; a larger array is thinned out."""

NOT_A_NUMBER = (0.85, 0.0, 0.85, 1.0)
"""The colour of NaN and infinity, which no colour scale has."""

Floats = NDArray[np.float64]


def gray(array: Array, low: float, high: float) -> bytes:
    """A two-dimensional array from black at `low` to white at `high`."""
    return _png(_thinned(array), "gray", low, high)


def difference(observed: Array, expected: Array) -> bytes:
    """Observed minus expected: blue where it is too small, red where it is too large."""
    with np.errstate(all="ignore"):
        change = observed.astype(np.float64) - expected
    alike = (observed == expected) | (np.isnan(observed) & np.isnan(expected))
    change[alike] = 0.0  # infinity minus itself is no number, but it is right
    change = _largest_of_each_block(change)
    limit = np.max(np.abs(change), initial=0.0, where=np.isfinite(change))
    return _png(change, "RdBu_r", -float(limit), float(limit))


def finite_range(array: Array) -> tuple[float, float]:
    """The smallest and the largest finite element."""
    values = array[np.isfinite(array)].astype(np.float64)
    if not values.size:
        return 0.0, 0.0
    return float(values.min()), float(values.max())


def _step(array: Array) -> int:
    return max(1, -(-int(max(array.shape)) // LARGEST))


def _thinned(array: Array) -> Floats:
    step = _step(array)
    return array[::step, ::step].astype(np.float64)


def _largest_of_each_block(change: Floats) -> Floats:
    """Thinned out so that a single wrong element stays visible."""
    step = _step(change)
    if step == 1:
        return change
    height, width = (-(-size // step) for size in change.shape)
    padded = np.zeros((height * step, width * step))
    padded[: change.shape[0], : change.shape[1]] = change
    blocks = padded.reshape(height, step, width, step).swapaxes(1, 2).reshape(height, width, -1)
    # argmax takes the first NaN for the largest, which is what should be seen.
    place = np.abs(blocks).argmax(axis=-1, keepdims=True)
    return np.take_along_axis(blocks, place, axis=-1)[..., 0]


def _png(array: Floats, colours: str, low: float, high: float) -> bytes:
    from matplotlib import colormaps
    from matplotlib.image import imsave

    finite = np.isfinite(array)
    # Halved first, because the width of the whole range may overflow.
    width = high / 2 - low / 2
    scaled = np.clip(np.where(finite, array, low) / 2 - low / 2, 0.0, width)
    scaled = scaled / width if width > np.finfo(float).tiny else np.full(array.shape, 0.5)
    pixels = colormaps[colours](scaled)
    pixels[~finite] = NOT_A_NUMBER
    file = BytesIO()
    imsave(
        file,
        (pixels * 255).round().astype(np.uint8),
        format="png",
        metadata={"Software": "autograder"},
    )
    return file.getvalue()
