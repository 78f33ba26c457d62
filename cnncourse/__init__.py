"""Convolutional networks, from one operator to a whole model and its table; no grading here."""

__version__ = "0.1.0"
__all__ = ["__version__"]
