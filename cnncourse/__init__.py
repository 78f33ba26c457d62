"""Convolutional networks, from one operator to a whole model and its table; no grading here."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cnncourse.tables import profile_model

__version__ = "0.1.0"
__all__ = ["__version__", "profile_model"]


def __getattr__(name: str) -> Any:
    """`profile_model`, imported when it is asked for: Keras takes seconds to start."""
    if name != "profile_model":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from cnncourse import tables

    return tables.profile_model
