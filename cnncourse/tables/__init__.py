"""What a whole model is made of, what it costs and sees, and the tables that show it."""

from collections.abc import Callable

from cnncourse.tables.contents import Row, Summary, Weights, summarize
from cnncourse.tables.data import csv, json
from cnncourse.tables.profile import Profile, ProfileRow, Sight, Unknown, profile_model
from cnncourse.tables.text import STYLES, keras2, keras3, markdown, table

FORMATS: dict[str, Callable[[Profile], str]] = {
    "table": table,
    "markdown": markdown,
    "csv": csv,
    "json": json,
}

__all__ = [
    "FORMATS",
    "STYLES",
    "Profile",
    "ProfileRow",
    "Row",
    "Sight",
    "Summary",
    "Unknown",
    "Weights",
    "csv",
    "json",
    "keras2",
    "keras3",
    "markdown",
    "profile_model",
    "summarize",
    "table",
]
