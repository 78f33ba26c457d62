"""An exercise to start from: it builds, its check passes the audit, and its author changes it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Template

from autograder.authoring.errors import BuildError
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
    if not exercise.name.isidentifier():
        raise BuildError(f"{exercise.name!r} is no name in Python; name what students define")
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
    if new:
        course = _read(root / "course.toml") or COURSE.format(title=title)
        yield Path("course.toml"), course + ENTRY.format(**words)
    starts = {f"{exercise.assignment}.py": ("text", TEXT), "checks.py": ("checks", CHECKS)}
    for name, (part, head) in starts.items():
        path = exercise.folder / name
        text = _read(root / path) or head.format(**words)
        yield path, _added(text, exercise, part, IMPORTS[exercise.kind][part])
    yield from _right(root, exercise)
    yield exercise.folder / "wrong" / f"{exercise.name}.py", _filled(exercise, "wrong")


def _right(root: Path, exercise: Exercise) -> Iterator[tuple[Path, str]]:
    """An answer for each style that the assignment has, or three styles to begin with."""
    folder = exercise.folder / "right"
    templates = sorted(Path(__file__).with_name(exercise.kind).glob("right_*.txt"))
    styles = [path.stem for path in sorted((root / folder).glob("*.py"))]
    styles += [one.stem.removeprefix("right_") for one in templates][len(styles) :]
    for number, style in enumerate(styles):
        path, part = folder / f"{style}.py", templates[number % len(templates)].stem
        text = _read(root / path) or f'"""Every exercise in the style {style}."""\n'
        yield path, _added(text, exercise, part, IMPORTS[exercise.kind]["right"])


def _added(text: str, exercise: Exercise, part: str, imports: Sequence[str]) -> str:
    """A file's text with the exercise behind it, and the imports that it lacks."""
    missing = [line for line in imports if line not in text.splitlines()]
    return _with_imports(text, missing).rstrip("\n") + "\n" + _filled(exercise, part)


def _with_imports(text: str, lines: Sequence[str]) -> str:
    """Put imports before the first one, or behind the docstring that a file begins with."""
    block = "\n\n".join(lines)
    first = re.search(r"^(?:import|from) .*$", text, re.MULTILINE)
    if not block:
        return text
    if first:
        ours = "\n" if "autograder" in first[0] else ""  # a group of its own
        return f"{text[: first.start()]}{block}\n{ours}{text[first.start() :]}"
    docstring = re.match(r'\s*""".*?"""\n', text, re.DOTALL)
    place = docstring.end() if docstring else 0
    return f"{text[:place]}\n{block}\n{text[place:]}"


def _filled(exercise: Exercise, part: str) -> str:
    path = Path(__file__).with_name(exercise.kind) / f"{part}.txt"
    return Template(path.read_text(encoding="utf-8")).substitute(name=exercise.name)


def _read(path: Path) -> str:
    """A file's text, or nothing where there is none yet."""
    return path.read_text(encoding="utf-8") if path.exists() else ""
