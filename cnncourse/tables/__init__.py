"""What a whole model is made of, and the tables that show it."""

from cnncourse.tables.contents import Row, Summary, Weights, summarize
from cnncourse.tables.text import STYLES, keras2, keras3, markdown

__all__ = ["STYLES", "Row", "Summary", "Weights", "keras2", "keras3", "markdown", "summarize"]
