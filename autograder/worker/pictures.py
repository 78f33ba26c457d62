"""Matplotlib's figures as PNG bytes, without importing Matplotlib for it."""

import base64
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

BACKEND = "module://matplotlib_inline.backend_inline"
MAX_PICTURES = 8
MAX_BYTES = 4 << 20


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


def pictures(bundles: Iterable[Mapping[str, Any]]) -> list[NDArray[np.uint8]]:
    """The first few pictures among what was displayed, none of them large."""
    found = (_bytes(bundle.get("image/png")) for bundle in bundles)
    small = [png for png in found if 0 < len(png) <= MAX_BYTES]
    return [np.frombuffer(png, np.uint8) for png in small[:MAX_PICTURES]]


def _bytes(png: object) -> bytes:
    """The inline backend hands over base64, `display(Image(…))` bytes."""
    try:
        return png if isinstance(png, bytes) else base64.b64decode(str(png or ""))
    except ValueError:
        return b""
