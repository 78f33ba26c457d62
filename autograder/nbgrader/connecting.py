"""Reaching nbgrader's database: its address, its tables, and what went wrong in one line."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from nbgrader.api import Base
from nbgrader.dbutil import ALEMBIC_DIR
from sqlalchemy import Connection, create_engine, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError

REMEDIES = {
    "database is locked": "close what is writing to it and grade again",
    "readonly database": "make it and its folder writable, or name another database",
    "not a database": "it is some other file; move it away or name another database",
    "unable to open": "make sure that its folder exists and may be written, or name another",
    "disk is full": "make room and grade again",
}
OTHERWISE = "check the address, and that its server runs and lets you in"


class GradebookError(Exception):
    """A database that cannot be used, in one line with what to do."""


def address(database: str | Path) -> URL:
    """The URL of a database, which may be given as the path of an SQLite file.

    Raises:
        GradebookError: it is neither.
    """
    if isinstance(database, Path) or "://" not in database:
        return URL.create("sqlite", database=str(Path(database).absolute()))
    try:
        url = make_url(database)
    except ArgumentError:
        # Not repeated in the message: it may hold a password.
        line = "the gradebook's address is no SQLAlchemy URL"
        raise GradebookError(f"{line}; expected one like sqlite:////path/gradebook.db") from None
    if _is_file(url):
        # Absolute, because nbgrader's settings in another folder name it too.
        url = url.set(database=str(Path(url.database or "").absolute()))
    return url


def _is_file(url: URL) -> bool:
    """Whether a database is a file that is named by its path."""
    named = url.get_backend_name() == "sqlite" and "uri" not in url.query
    return named and url.database not in (None, "", ":memory:")


@contextmanager
def explained(url: URL) -> Iterator[None]:
    """Turn what SQLAlchemy and drivers raise into one line.

    Raises:
        GradebookError: in its place.
    """
    name = f"the gradebook {_without_password(url)}"
    try:
        yield
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        line = f"{name} needs a driver that is not installed ({_first_line(error)})"
        raise GradebookError(f"{line}; install it with pip") from None
    except (SQLAlchemyError, OSError) as error:
        reason = _first_line(getattr(error, "orig", None) or error)
        remedy = next((REMEDIES[sign] for sign in REMEDIES if sign in reason), OTHERWISE)
        raise GradebookError(f"{name} cannot be used: {reason}; {remedy}") from None


def _without_password(url: URL) -> str:
    return url.render_as_string(hide_password=True)


def _first_line(error: BaseException) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__


def prepare(url: URL, course: str) -> None:
    """Make nbgrader's tables and its course where there are none, all or nothing.

    nbgrader does so itself, but runs `alembic` from PATH, which fails where the environment is not
    activated; and it does not notice a database that it cannot write.

    Raises:
        GradebookError: the tables are of another version of nbgrader.
        SQLAlchemyError: the database cannot be written.
    """
    if _is_file(url):
        Path(url.database or "").parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(url)
    try:
        with engine.begin() as connection:
            if connection.dialect.name == "sqlite":
                # Otherwise each CREATE TABLE would be a transaction of its own.
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            _make_tables(connection, url)
            _make_course(connection, course)
    finally:
        engine.dispose()


def _make_tables(connection: Connection, url: URL) -> None:
    versions = MigrationContext.configure(connection)
    scripts = ScriptDirectory(ALEMBIC_DIR)
    if not inspect(connection).has_table("alembic_version"):
        Base.metadata.create_all(connection)
        versions.stamp(scripts, "head")
    found, expected = versions.get_current_revision(), scripts.get_current_head()
    if found != expected:
        name = f"the gradebook {_without_password(url)}"
        line = f"{name} is of another nbgrader (revision {found}, expected {expected})"
        raise GradebookError(f"{line}; back it up and run `nbgrader db upgrade`")


def _make_course(connection: Connection, course: str) -> None:
    # A write in any case: a database that cannot be written shows now and not at the first grade.
    changed = connection.execute(text("UPDATE course SET id = id WHERE id = :id"), {"id": course})
    if not changed.rowcount:
        connection.execute(text("INSERT INTO course (id) VALUES (:id)"), {"id": course})
