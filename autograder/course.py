"""A course folder: what `course.toml` says, each assignment's checks, and the course's secret."""

import os
import secrets
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields
from pathlib import Path
from runpy import run_path
from tempfile import mkstemp
from typing import Any

from autograder.checks import Check, Limits
from autograder.isolation import Isolation
from autograder.misconceptions import read_misconceptions
from autograder.questions import Misconception
from autograder.validation import NAME, complaint


class CourseError(Exception):
    """Something wrong with a course folder, in one line with what to do."""


@dataclass(frozen=True)
class Assignment:
    """One assignment of a course. Its checks are loaded only when they are asked for."""

    name: str
    title: str
    packages: tuple[str, ...]
    limits: Limits
    course: Path

    @property
    def text(self) -> Path:
        """The notebook as an instructor writes it, with answers."""
        return self.course / "course" / self.name / f"{self.name}.py"

    @property
    def checks_file(self) -> Path:
        return self.course / "course" / self.name / "checks.py"

    @property
    def wrong(self) -> Path:
        """The folder of what an author knows that students get wrong."""
        return self.checks_file.parent / "wrong"

    @property
    def solution(self) -> Path:
        """The built notebook with answers: nbgrader's source."""
        return self.course / "solutions" / self.name / f"{self.name}.ipynb"

    @property
    def release(self) -> Path:
        """The built notebook that students get."""
        return self.course / "assignments" / self.name / f"{self.name}.ipynb"

    def misconceptions(self) -> Mapping[str, tuple[Misconception, ...]]:
        """The misconceptions of each check that has any.

        Raises:
            CourseError: checks.py states no sensible list.
            MisconceptionError: a file of misconceptions is not as it should be.
        """
        return read_misconceptions(self.wrong, [check.name for check in self.checks()])

    def checks(self) -> tuple[Check, ...]:
        """The checks that `checks.py` states in its list `CHECKS`.

        Raises:
            CourseError: the file is missing, does not run, or states no sensible list.
        """
        if not self.checks_file.is_file():
            raise CourseError(f"{self.checks_file} does not exist; it states the checks")
        try:
            with _without_bytecode():
                checks: Any = run_path(str(self.checks_file)).get("CHECKS")
        except Exception as error:
            name = type(error).__name__
            raise CourseError(f"{self.checks_file} raised {name}: {error}") from error
        if wrong := complaint(checks):
            raise CourseError(f"{self.checks_file}: {wrong}")
        return tuple(checks)


@dataclass(frozen=True)
class Course:
    """A course folder, read but never written, apart from its secret.

    Args:
        minimum_isolation: what it refuses to be graded below, if it says so.
    """

    root: Path
    title: str
    minimum_isolation: Isolation | None
    assignments: dict[str, Assignment]

    def assignment(self, name: str) -> Assignment:
        """One assignment by its name.

        Raises:
            CourseError: there is none of that name.
        """
        if name not in self.assignments:
            known = ", ".join(self.assignments) or "none"
            raise CourseError(f"{self.root} has no assignment {name!r}; it has: {known}")
        return self.assignments[name]

    @property
    def has_secret(self) -> bool:
        """Whether there is a secret already: a copy that was published has none."""
        return self._secret_file.exists()

    @property
    def _secret_file(self) -> Path:
        return self.root / ".autograder_secret"

    def secret(self) -> bytes:
        """The secret that hidden cases derive from; made on first use, for its owner only."""
        path = self._secret_file
        try:
            if not path.exists():
                _create_secret(path)
            secret = path.read_bytes().strip()
        except OSError as error:
            reason = error.strerror
            raise CourseError(
                f"{path} cannot be read or made: {reason}; it must hold the course's secret"
            ) from None
        if len(secret) < 32:
            raise CourseError(
                f"{path} holds {len(secret)} bytes, expected 32 or more; delete it to get a new one"
            )
        return secret


def open_course(root: Path) -> Course:
    """Read a course folder's `course.toml`.

    Raises:
        CourseError: it is missing or says something that it may not.
    """
    if root.is_file():
        raise CourseError(f"{root} is a file; --course must name the folder with course.toml")
    root = root.resolve()  # whoever runs a notebook changes into its folder
    path = root / "course.toml"
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise CourseError(f"{path} does not exist; --course must name a course folder") from None
    except (OSError, ValueError) as error:
        raise CourseError(f"{path} cannot be read: {error}") from None
    try:
        return _course(root, table)
    except (TypeError, ValueError, AttributeError) as error:
        raise CourseError(f"{path}: {error}") from None


def _course(root: Path, table: dict[str, Any]) -> Course:
    _refuse_unknown(table, {"title", "minimum_isolation", "limits", "assignments"})
    minimum = table.get("minimum_isolation")
    if minimum is not None and minimum not in list(Isolation):
        raise ValueError(f"minimum_isolation is {minimum!r}, expected {' or '.join(Isolation)}")
    limits = table.get("limits", {})
    assignments = {
        name: _assignment(root, name, entry, limits)
        for name, entry in table.get("assignments", {}).items()
    }
    isolation = None if minimum is None else Isolation(minimum)
    return Course(root, table.get("title", root.name), isolation, assignments)


def _assignment(root: Path, name: str, entry: dict[str, Any], limits: dict[str, Any]) -> Assignment:
    if not NAME.fullmatch(name):
        raise ValueError(f"assignment {name!r}: letters, digits, _ and - only")
    _refuse_unknown(entry, {"title", "packages", "limits"})
    merged = limits | entry.get("limits", {})
    _refuse_unknown(merged, {field.name for field in fields(Limits)})
    packages = tuple(entry.get("packages", ("numpy",)))
    return Assignment(name, entry.get("title", name), packages, Limits(**merged), root)


def _refuse_unknown(table: dict[str, Any], known: set[str]) -> None:
    if unknown := table.keys() - known:
        raise ValueError(f"unknown {sorted(unknown)}, expected some of {sorted(known)}")


@contextmanager
def _without_bytecode() -> Iterator[None]:
    """A course folder is only read: keep Python from leaving caches there."""
    before = sys.dont_write_bytecode
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.dont_write_bytecode = before


def _create_secret(path: Path) -> None:
    """Write the secret to a file of its own first: another grader never sees half of it."""
    handle, draft = mkstemp(prefix=f"{path.name}.", dir=path.parent)  # of mode 600
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_hex(32) + "\n")
        with suppress(FileExistsError):  # another grader, or thread, was first: its secret counts
            os.link(draft, path)
    finally:
        Path(draft).unlink()
