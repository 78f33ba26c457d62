"""Pictures that a stranger's program drew, drawn anew: decoded with bounds, encoded by us."""

import warnings
from io import BytesIO

import numpy as np
from PIL import Image

from autograder.protocol import Value

MOST_BYTES = 8 << 20
MOST_PIXELS = 8_000_000
LONGEST_SIDE = 1600
MOST_ENCODED = 3 << 20


def redrawn(data: Value) -> bytes | None:
    """A PNG with the same pixels and nothing else in it, or None where there is no such picture.

    Larger ones than `LONGEST_SIDE` are made smaller.

    Args:
        data: the bytes of a PNG as an array of uint8.
    """
    if not isinstance(data, np.ndarray) or data.dtype != np.uint8 or data.size > MOST_BYTES:
        return None
    try:
        encoded = _encoded(_pixels(data.tobytes()))
    except Exception:  # whatever a decoder says of a stranger's bytes, there is no picture
        return None
    return encoded if len(encoded) <= MOST_ENCODED else None


def _pixels(data: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        with Image.open(BytesIO(data), formats=["PNG"]) as image:
            if image.width * image.height > MOST_PIXELS:
                raise ValueError("too many pixels")
            pixels = image.convert("RGBA" if image.has_transparency_data else "RGB")
    pixels.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    pixels.info.clear()  # comments and colour profiles would be written again
    return pixels


def _encoded(pixels: Image.Image) -> bytes:
    buffer = BytesIO()
    pixels.save(buffer, "PNG")
    return buffer.getvalue()
