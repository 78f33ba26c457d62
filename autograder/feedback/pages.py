"""HTML files: a page for each student and one for the class.

They lie below the output folder in `pages/ASSIGNMENT/index.html` and
`pages/ASSIGNMENT/students/STUDENT.html`, apart from the `feedback/` of `nbgrader
generate_feedback`. A page needs no other file, asks for none and runs no script, and its policy
has the browser refuse both. Whatever students wrote is escaped by the templates' autoescape.
"""

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from autograder.feedback import products, signs
from autograder.feedback.overview import Overview, settings
from autograder.feedback.panels import panels
from autograder.files import below, write_whole
from autograder.results import Result

if TYPE_CHECKING:
    from jinja2 import Environment


def write_student(out: Path, result: Result) -> Path:
    """Write one student's page and say where.

    Raises:
        ValueError: the student or the assignment is no name of a file.
        OSError: it cannot be written.
    """
    path = below(out / "pages", result.assignment, "students", f"{result.student}.html")
    return _write(path, "student.html", {"result": result})


def write_class(out: Path, assignment: str, results: Sequence[Result]) -> Path:
    """Write the page of the class and say where. It links to the students' pages.

    Raises:
        ValueError: the assignment is no name of a file.
        OSError: it cannot be written.
    """
    path = below(out / "pages", assignment, "index.html")
    return _write(path, "class.html", {"assignment": assignment, "overview": Overview.of(results)})


def _write(path: Path, template: str, values: dict[str, Any]) -> Path:
    page = _environment().get_template(template).render(values)
    write_whole(path, page.encode("utf-8", "replace"))
    return path


@cache
def _environment() -> "Environment":
    # Only instructors install it, and students' notebooks import this package.
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("autograder.feedback"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_readable,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = signs.number
    environment.filters["points"] = signs.points
    environment.filters["by_hand"] = signs.by_hand
    environment.filters["duration"] = signs.duration
    environment.filters["readable"] = signs.readable
    environment.filters["file"] = lambda name: quote(name, safe="")
    environment.globals["panels"] = panels
    environment.globals["products"] = products.line
    environment.globals["settings"] = settings
    environment.globals["SIGNS"] = signs.SIGNS
    environment.globals["policy"] = _policy(environment.get_template("style.css").render())
    return environment


def _readable(value: object) -> object:
    """Every text on its way to a page; what a macro has rendered is of another type."""
    return signs.readable(value, len(value)) if type(value) is str else value


def _policy(style: str) -> str:
    """Nothing is loaded or run; the one style sheet is known by its hash."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        f"default-src 'none'; img-src data:; style-src 'sha256-{digest}'; "
        "base-uri 'none'; form-action 'none'"
    )
