"""What an author knows that students get wrong: `course/NN/wrong/CHECK.py`, read into data.

A file in jupytext's percent format. Cells without a title hold what the others share; every other
one is a misconception: its name behind `# %%`, its hint in the comment that it begins with, and
then code that makes the mistake, in the place of the check's answer.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from nbformat import NotebookNode, ValidationError

from autograder.percent import read_percent
from autograder.questions import Misconception


class MisconceptionError(Exception):
    """A file of misconceptions that cannot be used, in one line that names it."""


def read_misconceptions(
    folder: Path, checks: Iterable[str]
) -> Mapping[str, tuple[Misconception, ...]]:
    """The misconceptions of each check that has any; a folder that is not there has none.

    Raises:
        MisconceptionError: a file is named after no check, or is not as it should be.
    """
    known = list(checks)
    found = {path.stem: path for path in sorted(folder.glob("*.py"))}
    for name, path in found.items():
        if name not in known:
            raise MisconceptionError(f"{path}: no check {name!r}; checks: {', '.join(known)}")
    return {name: _read(path) for name, path in found.items()}


IN_PLACE = """\
def _misconception(source, name):
    own = dict(globals())
    own.pop(name, None)
    exec(compile(source, "<misconception>", "exec"), own)
    if name not in own:
        raise NameError(f"there is no {{name}}")
    return own[name]


{alias} = _misconception({source!r}, {name!r})
"""
"""A cell below the solution's own: whatever the misconception defines stays with it, so that many
can stand beside one another, and none of them in the way of another's."""


def in_place(misconception: Misconception, name: str, alias: str) -> str:
    """A cell in which a misconception takes the place of the answer of a name, for itself alone.

    Args:
        alias: what it is called from then on.
    """
    return IN_PLACE.format(name=name, source=misconception.source, alias=alias)


def _read(path: Path) -> tuple[Misconception, ...]:
    try:
        cells = read_percent(path)
    except (OSError, ValueError, ValidationError) as error:
        reason = str(error).partition("\n")[0]
        raise MisconceptionError(f"{path} cannot be read: {reason}") from None
    code = [cell for cell in cells if cell.cell_type == "code"]
    shared = "\n\n".join(cell.source for cell in code if not _title(cell))
    named = [(_title(cell), cell.source) for cell in code if _title(cell)]
    names = [name for name, _ in named]
    if twice := {name for name in names if names.count(name) > 1}:
        raise MisconceptionError(f"{path}: {', '.join(sorted(twice))} stands there twice")
    return tuple(_misconception(path, shared, name, source) for name, source in named)


def _title(cell: NotebookNode) -> str:
    return str(cell.metadata.get("title", ""))


def _misconception(path: Path, shared: str, name: str, source: str) -> Misconception:
    hint = _hint(source)
    if not hint:
        raise MisconceptionError(f"{path}: {name!r} has no hint; begin its cell with a comment")
    return Misconception(name, hint, f"{shared}\n\n\n{source}\n" if shared else f"{source}\n")


def _hint(source: str) -> str:
    """The comment that a cell begins with, as one line."""
    lines = []
    for line in source.strip().splitlines():
        if not line.startswith("#"):
            break
        lines.append(line.lstrip("# ").strip())
    return " ".join(lines)
