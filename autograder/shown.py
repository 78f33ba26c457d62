"""What cells put out, as far as it is kept: text, cut where it is long, and pictures.

Pictures cross the wall as pixels, and their files are made here: the judge decodes no picture that
a stranger's program wrote. Whatever is not as expected is left out.
"""

from collections.abc import Mapping
from io import BytesIO
from itertools import islice

import numpy as np

from autograder.protocol import Array, Value
from autograder.worker.pictures import LONGEST_SIDE, MAX_PICTURES

LONGEST = 40_000
"""Characters of one text."""

MOST = 32 << 20
"""Bytes of all that one submission's cells put out."""

CUT = "\n… the rest is left out"


class Shown:
    """The outputs of one submission, by a cell's place in the notebook.

    An output is a dict: `stdout` and `result`, texts; `error`, None or a dict of texts, `type`,
    `message` and `traceback`; `images`, arrays with the bytes of PNG files, or None for a picture
    that is left out.
    """

    def __init__(self) -> None:
        self.cells: dict[int, Mapping[str, Value]] = {}
        self._room = MOST

    def keep(self, place: int, observation: Value) -> None:
        """Keep what a cell put out when it ran first. It may be anything: nothing is trusted."""
        if place in self.cells:
            return
        seen = observation if isinstance(observation, dict) else {}
        error, images = seen.get("error"), seen.get("images")
        self.cells[place] = {
            "stdout": self._text(seen.get("stdout")),
            "result": self._text(seen.get("result")),
            "error": self._error(error) if isinstance(error, dict) else None,
            "images": [self._picture(one) for one in _first(images)],
        }

    def _error(self, error: Mapping[str, Value]) -> dict[str, Value]:
        return {name: self._text(error.get(name)) for name in ("type", "message", "traceback")}

    def _text(self, value: Value) -> str:
        text = value if isinstance(value, str) else ""
        kept = text[: min(LONGEST, self._room // 4)]  # no character has more bytes in memory
        self._room -= 4 * len(kept)
        return kept if len(kept) == len(text) else kept + CUT

    def _picture(self, pixels: Value) -> Array | None:
        if not is_picture(pixels):
            return None
        data = png(pixels)
        if len(data) > self._room:
            return None
        self._room -= len(data)
        return np.frombuffer(data, np.uint8)


def _first(images: Value) -> list[Value]:
    return list(islice(images if isinstance(images, list | tuple) else (), MAX_PICTURES))


def is_picture(value: Value) -> bool:
    """Whether a value is an array of height, width and three colours, of a bearable size."""
    if not isinstance(value, np.ndarray) or value.dtype != np.uint8 or value.ndim != 3:
        return False
    *sides, colours = value.shape
    return all(0 < side <= LONGEST_SIDE for side in sides) and colours == 3


def png(pixels: Array) -> bytes:
    """The file of a picture: its pixels and nothing else."""
    from PIL import Image

    buffer = BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(buffer, "PNG")
    return buffer.getvalue()
