"""Bundled data sets as a graded submission finds them: as good to learn from, and other images.

Who has the published images by heart, or a table of their labels, recognises none of these.
"""

import gzip
import io
from collections.abc import Callable, Mapping
from importlib import metadata
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from autograder.checks import Draw
from autograder.sandbox.errors import SandboxError

WHITE = 16
"""The most ink in a pixel of a digit."""

PIXEL = 64
"""Digits are shifted by whole fractions of a pixel: integers are the same under every NumPy."""


def transformed_digits(original: bytes, seed: bytes) -> bytes:
    """Scikit-learn's digits in another order, each shifted by up to half a pixel and noised.

    Args:
        original: gzipped lines of 64 pixels and a label, separated by commas.
        seed: any bytes; equal seeds give equal images.

    Source:
        Alpaydin & Kaynak 1998, Optical Recognition of Handwritten Digits, UCI
    """
    rows = np.loadtxt(io.BytesIO(gzip.decompress(original)), np.int64, delimiter=",")
    draw = Draw(seed + b"/digits", exact=True)
    rows = rows[draw.permutation(len(rows))]
    images = rows[:, :-1].reshape(-1, 8, 8)
    offsets = draw.integers(len(rows), 2, low=-PIXEL // 2, high=PIXEL // 2).astype(np.int64)
    noise = draw.integers(*images.shape, low=-1, high=1).astype(np.int64)
    rows[:, :-1] = np.clip(_shifted(images, offsets) + noise, 0, WHITE).reshape(len(rows), -1)
    lines = "".join(f"{','.join(map(str, row))}\n" for row in rows.tolist())
    return gzip.compress(lines.encode(), mtime=0)


def _shifted(images: NDArray[np.int64], offsets: NDArray[np.int64]) -> NDArray[np.int64]:
    """Interpolate each image bilinearly at its own offset, in fractions of a pixel."""
    _, height, width = images.shape
    padded = np.pad(images, ((0, 0), (1, 1), (1, 1)))
    total = np.zeros_like(images)
    for row in (-1, 0, 1):
        for column in (-1, 0, 1):
            distances = np.abs(offsets - np.array([row, column]) * PIXEL)
            weights = np.maximum(PIXEL - distances, 0).prod(1)
            window = padded[:, 1 - row : 1 - row + height, 1 - column : 1 - column + width]
            total += weights[:, None, None] * window
    return (total + PIXEL**2 // 2) // PIXEL**2


TRANSFORMED: Mapping[tuple[str, str], Callable[[bytes, bytes], bytes]] = {
    ("scikit-learn", "sklearn/datasets/data/digits.csv.gz"): transformed_digits,
}
"""Which files of which distribution, and how."""


def replacements(
    distributions: Mapping[str, metadata.Distribution], seed: bytes
) -> dict[str, bytes]:
    """What these distributions' files hold instead, by their names in site-packages.

    Args:
        seed: empty to leave all as they are.

    Raises:
        SandboxError: a file is not where it is looked for, so that its images would be seen.
    """
    return {
        name: transform(_content(distributions[distribution], name), seed)
        for (distribution, name), transform in TRANSFORMED.items()
        if seed and distribution in distributions
    }


def _content(distribution: metadata.Distribution, name: str) -> bytes:
    try:
        return Path(str(distribution.locate_file(name))).read_bytes()
    except OSError:
        line = f"{distribution.name} {distribution.version} has no {name}"
        advice = "install the version in requirements.lock, or leave it out of the packages"
        raise SandboxError(f"{line}, which graded code must not see: {advice}") from None
