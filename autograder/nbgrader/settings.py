"""The settings that let nbgrader's own commands work in an output folder."""

from pathlib import Path

from sqlalchemy.engine import URL

from autograder.files import write_whole
from autograder.nbgrader.connecting import address

NAME = "nbgrader_config.py"
ENGINE = {
    "Autograde.sanitize_preprocessors": [],
    "Autograde.autograde_preprocessors": [
        "autograder.preprocessor.WalledExecute",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "nbgrader.preprocessors.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
    ],
}
"""nbgrader's own steps of autograding with our engine in the place of its `Execute`."""

EXPORT = {"ExportApp.plugin_class": "autograder.nbgrader.export.CsvExport"}
"""`nbgrader export` into a file that a spreadsheet may open."""

HEADER = "# Written by `autograder grade`, every time. To keep a change, remove this line.\n"


def write_config(out: Path, course: Path, database: str | Path | None = None) -> Path | None:
    """Write `nbgrader_config.py` into an output folder that has none, and say where.

    With it `nbgrader export`, `nbgrader generate_feedback` and formgrader work in that folder, and
    what they autograde there is graded by our engine again.

    Args:
        course: the course folder, with `solutions/` and `assignments/`.
        database: where it is not `gradebook.db` below the folder. An address with a password is
            not written down: give it to nbgrader with `--db`.

    Raises:
        OSError: it cannot be written.
    """
    path = out / NAME
    if path.exists() and not path.read_bytes().startswith(HEADER.encode()):
        return None
    write_whole(path, _config(course.resolve(), database).encode())
    return path


def _config(course: Path, database: str | Path | None) -> str:
    settings: dict[str, object] = {
        "CourseDirectory.source_directory": str(course / "solutions"),
        "CourseDirectory.release_directory": str(course / "assignments"),
        # Without it feedback that exists stays as it is when a submission is graded again.
        "GenerateFeedback.force": True,
        **EXPORT,
        **ENGINE,
        "WalledExecute.course": str(course),
    }
    url = None if database is None else address(database)
    if isinstance(url, URL) and url.password is None:
        settings["CourseDirectory.db_url"] = url.render_as_string()
    lines = [f"c.{name} = {value!r}\n" for name, value in settings.items()]
    return "".join([HEADER, "c = get_config()  # noqa: F821\n", *lines])
