"""The lectures' models by name; a family is one file with a table of VARIANTS and a builder."""

from cnncourse.models.file import load
from cnncourse.models.registry import NAMES, build

__all__ = ["NAMES", "build", "load"]
