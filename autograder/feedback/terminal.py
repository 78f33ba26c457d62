"""Verdicts as a table in a terminal."""

from collections.abc import Sequence

from rich.table import Table

from autograder.results import Verdict


def table(verdicts: Sequence[Verdict]) -> Table:
    """One row per verdict, and their sum."""
    raise NotImplementedError
