"""Pictures that cells show, as pixels, without importing Matplotlib for it.

What shows them hands over PNG files. They are decoded here, beside the code that drew them, so that
the judge need not.
"""

import base64
import os
import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from typing import Any

import numpy as np
from numpy.typing import NDArray

BACKEND = "module://matplotlib_inline.backend_inline"
MAX_PICTURES = 8
LONGEST_SIDE = 1200
"""Pixels of a side; a larger picture is made smaller. So many of them fit into one message."""


def prepare(engine: Any) -> None:
    """Have figures displayed as pictures, once a cell imports Matplotlib."""
    os.environ["MPLBACKEND"] = BACKEND
    matplotlib = sys.modules.get("matplotlib")
    if matplotlib is not None and matplotlib.rcParams["backend"] != BACKEND:
        matplotlib.use(BACKEND)  # it has read its environment already
        matplotlib.interactive(True)
    formatter = engine.display_formatter.formatters["image/png"]
    formatter.for_type_by_name("matplotlib.figure", "Figure", _png)
    engine.events.register("post_execute", _flush)


def _png(figure: Any) -> bytes | None:
    from IPython.core.pylabtools import print_figure

    drawn: bytes | None = print_figure(figure, fmt="png", bbox_inches="tight")
    return drawn


def _flush() -> None:
    """Show what a cell drew and did not show, as a notebook does at the end of a cell."""
    backend = sys.modules.get("matplotlib_inline.backend_inline")
    if backend is not None:
        backend.flush_figures()


def pictures(bundles: Iterable[Mapping[str, Any]]) -> list[NDArray[np.uint8] | None]:
    """The first few pictures among what was displayed; None for one that cannot be read."""
    found = [bundle["image/png"] for bundle in bundles if bundle.get("image/png")]
    return [_pixels(png) for png in found[:MAX_PICTURES]]


def _pixels(png: object) -> NDArray[np.uint8] | None:
    """Height, width and three colours, on white where the picture is transparent."""
    try:
        from PIL import Image  # comes with Matplotlib

        with Image.open(BytesIO(_bytes(png)), formats=["PNG"]) as image:
            image.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            drawn = image.convert("RGBA")
        white = Image.new("RGBA", drawn.size, "white")
        return np.asarray(Image.alpha_composite(white, drawn).convert("RGB"))
    except Exception:  # whatever a decoder says of a student's bytes, there is no picture
        return None


def _bytes(png: object) -> bytes:
    """The inline backend hands over base64, `display(Image(…))` bytes."""
    return png if isinstance(png, bytes) else base64.b64decode(str(png))
