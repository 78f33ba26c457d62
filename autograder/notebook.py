"""The check function inside a student's notebook.

check = autograder.load("01_convolution")
check("conv2d")
"""

from pathlib import Path

from autograder.bundle import Bundle


def load(name: str, path: str | Path | None = None) -> "Checker":
    """The checks of an assignment, from NAME.npz.

    Args:
        name: the assignment's.
        path: the file, or the folder that it lies in; else the working folder, else it is
            downloaded from the address in the environment variable `AUTOGRADER_URL`.

    Raises:
        BundleError: it is nowhere, or damaged.
    """
    raise NotImplementedError


class Checker:
    """Judges what a notebook defines. `check("conv2d")` shows a verdict and returns its points."""

    def __init__(self, bundle: Bundle) -> None:
        self._bundle = bundle

    def __call__(self, name: str) -> float:
        """Judge what the caller's globals hold, show the verdict, return the points.

        Raises:
            ValueError: there is no such check.
        """
        raise NotImplementedError
