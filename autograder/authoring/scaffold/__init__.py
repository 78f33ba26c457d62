"""An exercise to start from: it builds, its check passes the audit, and its author changes it."""

import builtins
import keyword
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import Template

from autograder.authoring.errors import BuildError
from autograder.authoring.scaffold.adding import bound, with_entry, with_imports
from autograder.course import Assignment, open_course
from autograder.files import write_whole
from autograder.validation import NAME

KINDS = ("function", "layer")
"""The kinds of exercise that there is a start for."""

CHECKED = ("import numpy as np", "from autograder import Case, Check, Draw")
IMPORTS: dict[str, dict[str, tuple[str, ...]]] = {
    "function": {"text": CHECKED[:1], "checks": CHECKED, "right": CHECKED[:1]},
    "layer": {"text": ("import keras",), "checks": CHECKED, "right": ("import keras",)},
}
PACKAGES = {"function": "numpy", "layer": "keras"}

IGNORED = ".autograder_secret"
COURSE = 'title = "{title}"\n'
ENTRY = '\n[assignments.{name}]\ntitle = "{title}"\npackages = ["{package}"]\n'
TEXT = """# %% [markdown]
# # {title}
#
# Replace `raise NotImplementedError()` by your code, run the cell, then the `check` cell below it.
# A function must not change its inputs.

# %%
import autograder

check = autograder.load("{name}")
"""
CHECKS = '''"""What is asked of each exercise of {name}; the only place that states points."""

CHECKS = []
'''


@dataclass(frozen=True)
class Exercise:
    """What to begin: an exercise of a kind, named like what it defines, in an assignment."""

    name: str
    kind: str
    assignment: str

    @property
    def folder(self) -> Path:
        return Path("course", self.assignment)


def begin(root: Path, exercise: Exercise) -> list[Path]:
    """Write an exercise into a course folder, which need not be there yet, nor the assignment.

    Returns:
        the files that it was written to.

    Raises:
        BuildError: the name cannot be taken; nothing has been written.
        CourseError: what is there cannot be read.
    """
    _refuse(exercise)
    known = _known(root, exercise)
    if known:
        _refuse_taken(known, exercise)
    texts = {root / path: text for path, text in _texts(root, exercise, known is None)}
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, text.encode())
    return list(texts)


def _refuse(exercise: Exercise) -> None:
    if exercise.kind not in KINDS:
        raise BuildError(f"kind is {exercise.kind!r}; expected {' or '.join(KINDS)}")
    name = exercise.name
    if not name.isidentifier() or keyword.iskeyword(name) or keyword.issoftkeyword(name):
        raise BuildError(f"{name!r} is no name in Python; name what students define")
    if name in vars(builtins):
        raise BuildError(f"{name!r} would hide Python's own; take another name")
    if not NAME.fullmatch(name):
        raise BuildError(f"exercise {name!r}: letters a to z, digits and _ only")
    if not NAME.fullmatch(exercise.assignment):
        line = f"assignment {exercise.assignment!r}"
        raise BuildError(f"{line}: letters, digits, _ and - only, such as 01_convolution")


def _known(root: Path, exercise: Exercise) -> Assignment | None:
    """The assignment, if there is one of that name."""
    if not (root / "course.toml").exists():
        return None
    return open_course(root).assignments.get(exercise.assignment)


def _refuse_taken(assignment: Assignment, exercise: Exercise) -> None:
    if exercise.name in (check.name for check in assignment.checks()):
        raise BuildError(
            f"{assignment.name} has a check {exercise.name} already; take another name"
        )
    needed = PACKAGES[exercise.kind]
    if needed not in (*assignment.packages, "numpy"):
        line = f"a {exercise.kind} needs {needed}, which {assignment.name} does not allow"
        raise BuildError(f"{line}; add it to its packages in course.toml")


def _texts(root: Path, exercise: Exercise, new: bool) -> Iterator[tuple[Path, str]]:
    """Each file of the course that changes, with its new text."""
    title = re.sub(r"^\d+_", "", exercise.assignment).replace("_", " ").capitalize()
    words = {"name": exercise.assignment, "title": title, "package": PACKAGES[exercise.kind]}
    if not (root / "course.toml").exists():
        ignored = _read(root / ".gitignore")
        if IGNORED not in ignored.splitlines():
            yield Path(".gitignore"), _lines(ignored) + f"{IGNORED}\n"
    if new:
        course = _read(root / "course.toml") or COURSE.format(title=title)
        yield Path("course.toml"), course + ENTRY.format(**words)
    path = exercise.folder / f"{exercise.assignment}.py"
    yield path, _added(root / path, exercise, "text", TEXT.format(**words))
    path = exercise.folder / "checks.py"
    yield path, _checks(root / path, exercise, CHECKS.format(**words))
    yield from _right(root, exercise)
    path = exercise.folder / "wrong" / f"{exercise.name}.py"
    if (root / path).exists():
        raise BuildError(f"{path} is there already; take another name")
    yield path, _filled(exercise, "wrong")


def _right(root: Path, exercise: Exercise) -> Iterator[tuple[Path, str]]:
    """An answer for each style that the assignment has, or three styles to begin with."""
    folder = exercise.folder / "right"
    templates = sorted(Path(__file__).with_name(exercise.kind).glob("right_*.txt"))
    styles = [path.stem for path in sorted((root / folder).glob("*.py"))]
    styles += [one.stem.removeprefix("right_") for one in templates][len(styles) :]
    for number, style in enumerate(styles):
        path, part = folder / f"{style}.py", templates[number % len(templates)].stem
        head = f'"""Every exercise in the style {style}."""\n'
        yield path, _added(root / path, exercise, part, head)


def _checks(path: Path, exercise: Exercise, head: str) -> str:
    """The text of checks.py with one more check in its list."""
    text = _free(path, exercise, "checks", head)
    try:
        parts = (_filled(exercise, part) for part in ("checks", "check"))
        return with_entry(text, "CHECKS", *parts)
    except (SyntaxError, ValueError) as error:
        raise BuildError(f"{path}: {error}; an exercise is added to CHECKS = […]") from None


def _added(path: Path, exercise: Exercise, part: str, head: str) -> str:
    """A file's text with the exercise behind it."""
    text = _free(path, exercise, part, head)
    return text.rstrip("\n") + "\n" + _filled(exercise, part)


def _free(path: Path, exercise: Exercise, part: str, head: str) -> str:
    """What an exercise is added to, with the imports that it needs.

    Args:
        head: what a file begins with that is not there yet.

    Raises:
        BuildError: a name that it would define there has a meaning already.
    """
    imports = IMPORTS[exercise.kind][part.partition("_")[0]]
    text = with_imports(_read(path) or head, imports)
    for name in sorted({exercise.name, f"draw_{exercise.name}"} & bound(text)):
        raise BuildError(f"{path} has a {name} already; take another name")
    return text


def _lines(text: str) -> str:
    """A text whose last line is ended."""
    return text if not text or text.endswith("\n") else f"{text}\n"


def _filled(exercise: Exercise, part: str) -> str:
    path = Path(__file__).with_name(exercise.kind) / f"{part}.txt"
    return Template(path.read_text(encoding="utf-8")).substitute(name=exercise.name)


def _read(path: Path) -> str:
    """A file's text, or nothing where there is none yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""
