"""Figures in the prose, put into the notebook itself.

A student may have nothing but the .ipynb. Jupyter and VS Code show attachments, Colab does not
(googlecolab/colabtools#3836); all three show a bitmap in a `data:` URI. An SVG there shows in
Jupyter alone: Colab ignores it (googlecolab/colabtools#2092), and markdown-it, with which VS Code
renders, refuses the link. So figures are bitmaps.
"""

import re
from base64 import b64encode
from pathlib import Path

from autograder.authoring.errors import BuildError

LINK = re.compile(r"""(?P<before>\]\(\s*|\bsrc=["'])(?P<path>figures/[^)"'\s]+)""")

TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
}


def embed(markdown: str, folder: Path) -> str:
    """Replace each link to `figures/…` by the figure itself.

    Args:
        folder: holds `figures`.

    Raises:
        BuildError: a figure is missing or of a type that does not show everywhere.
    """
    return LINK.sub(lambda match: match["before"] + _data_uri(folder / match["path"]), markdown)


def _data_uri(path: Path) -> str:
    media = TYPES.get(path.suffix.lower())
    if media is None:
        raise BuildError(f"{path} does not show in Colab; expected one of {', '.join(TYPES)}")
    try:
        return f"data:{media};base64,{b64encode(path.read_bytes()).decode()}"
    except OSError as error:
        raise BuildError(f"{path} cannot be read: {error.strerror}") from None
