"""What a student and an instructor look at.

`write_student` and `write_class` write HTML files and need Jinja2, which only instructors install;
it is imported when they are called. `cards` (a verdict in a notebook), `panels` and `figures` (an
answer beside the right one) do without.
"""

from autograder.feedback.pages import write_class, write_student

__all__ = ["write_class", "write_student"]
