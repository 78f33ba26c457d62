"""`autograder check NOTEBOOK`: a student's own notebook, judged with the public cases.

Everything runs in this process and without a wall: it is the student's own code on the student's
own machine.
"""

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import chdir, contextmanager
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from autograder.bundle import Bundle
from autograder.checks import Limits
from autograder.kinds.naming import defines
from autograder.kinds.raised import raised
from autograder.locating import locate
from autograder.notebook import Calls, judge, mend_first
from autograder.protocol import Value
from autograder.questions import Question
from autograder.results import Verdict, VerdictKind
from autograder.stderr import descriptor_dropped
from autograder.submission import MAX_BYTES, parse, points_by_hand
from autograder.unavailable import told, unavailable
from autograder.worker.shell import Shell

LOADS = re.compile(r"""\bautograder\s*\.\s*load\(\s*["']([^"']+)["']""")
CHECKS = re.compile(r"""\s*check\(\s*["'][^"']*["']\s*\)\s*;?\s*""")


class NotebookError(ValueError):
    """A notebook that cannot be checked, in one line with what to do."""


def check_notebook(
    path: Path,
    warn: Callable[[str], None] | None = None,
    begin: Callable[[str], None] | None = None,
) -> list[Verdict]:
    """Run a notebook's cells and put the public cases of every check.

    Args:
        warn: called with one line, such as that the bundle is stale; by default it goes to
            standard error.
        begin: called with the name of each check before it is put.

    Raises:
        NotebookError, Unreadable: the notebook is missing, damaged or of no assignment.
        BundleError: its bundle is missing or damaged.
        KeyboardInterrupt: someone has had enough of an endless loop.
    """
    notebook = _read(path)
    assignment = _assignment(notebook, path)
    folder = path.resolve().parent
    with chdir(folder), _importing_from(folder):
        bundle = locate(assignment)
        if stale := _staleness(notebook, bundle):
            (warn or _to_stderr)(f"{path}: {stale}")
        asked = [question.defines for question in bundle.questions]
        if missing := unavailable(_sources(notebook), bundle.packages, asked):
            (warn or _to_stderr)(f"{path}: {told(missing, bundle.packages)}")
        with descriptor_dropped():
            return _verdicts(notebook, bundle, begin or (lambda _: None))


def by_hand(path: Path) -> float:
    """The points that an instructor gives for a notebook besides.

    Raises:
        NotebookError, Unreadable: the notebook is missing or damaged.
    """
    return points_by_hand(_read(path))


@contextmanager
def session(path: Path) -> Iterator[Shell]:
    """What a notebook's cells define, in its folder.

    Raises:
        NotebookError, Unreadable: the notebook is missing or damaged.
    """
    notebook = _read(path)
    folder = path.resolve().parent
    with chdir(folder), _importing_from(folder), descriptor_dropped():
        shell = Shell(Limits().output_characters)
        _run(notebook, shell)
        yield shell


def _verdicts(
    notebook: NotebookNode, bundle: Bundle, begin: Callable[[str], None]
) -> list[Verdict]:
    shell = Shell(Limits().output_characters)
    failures = _run(notebook, shell)
    calls = Calls(shell.namespace)
    verdicts: dict[str, Verdict] = {}
    for question in bundle.questions:
        begin(question.name)
        verdict = _explained(judge(question, calls), question, failures)
        below = [verdicts[name] for name in question.builds_on]
        verdicts[question.name] = mend_first(verdict, below)
    return list(verdicts.values())


def _read(path: Path) -> NotebookNode:
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise NotebookError(f"{path} cannot be read: {error.strerror}; name a notebook") from None
    if len(data) > MAX_BYTES:
        raise NotebookError(
            f"{path} has more than {MAX_BYTES} bytes; clear its outputs and save it again"
        )
    return parse(data, str(path)).notebook


@contextmanager
def _importing_from(folder: Path) -> Iterator[None]:
    """Let a notebook import what lies beside it, as Jupyter does."""
    sys.path.insert(0, str(folder))
    try:
        yield
    finally:
        sys.path.remove(str(folder))


def _to_stderr(line: str) -> None:
    print(f"autograder: {line}", file=sys.stderr)


def _noted(notebook: NotebookNode, key: str) -> str:
    """What the build has noted in the notebook's metadata, or nothing."""
    note = notebook.metadata.get("autograder")
    value = note.get(key) if isinstance(note, Mapping) else None
    return value if isinstance(value, str) else ""


def _assignment(notebook: NotebookNode, path: Path) -> str:
    """The assignment: as the metadata say, or the first cell, or a bundle of the same name."""
    loads = (LOADS.search(source) for source in _sources(notebook))
    named = _noted(notebook, "assignment") or next((found[1] for found in loads if found), "")
    if not named and path.with_suffix(".npz").is_file():
        named = path.stem
    if not named:
        remedy = "download it again, or put the .npz of the same name beside it"
        raise NotebookError(f"{path} does not say which assignment it is of; {remedy}")
    return named


def _staleness(notebook: NotebookNode, bundle: Bundle) -> str:
    wanted = _noted(notebook, "version")
    if not wanted or wanted == bundle.version:
        return ""
    file = f"{bundle.assignment}.npz"
    return (
        f"{file} beside it is version {bundle.version}, expected {wanted}; "
        f"download {file} and the notebook again"
    )


def _sources(notebook: NotebookNode) -> Iterator[str]:
    """The sources of the code cells, without those that only ask for a verdict."""
    for cell in notebook.cells:
        if cell.cell_type == "code" and not _is_check(cell):
            yield cell.source


def _is_check(cell: NotebookNode) -> bool:
    note: Any = cell.metadata.get("nbgrader")
    note = note if isinstance(note, Mapping) else {}
    judged = bool(note.get("grade")) and not note.get("solution")
    return judged or bool(CHECKS.fullmatch(cell.source))


def _run(notebook: NotebookNode, shell: Shell) -> list[tuple[str, Value]]:
    """Run the cells; the source and the exception of each that raised."""
    failures = []
    for source in _sources(notebook):
        error = shell.run(source).get("error")
        if isinstance(error, dict):
            if error.get("type") == "KeyboardInterrupt":
                raise KeyboardInterrupt
            failures.append((source, error))
    return failures


def _explained(verdict: Verdict, question: Question, failures: list[tuple[str, Value]]) -> Verdict:
    """Where nothing was defined because its cell raised, say so."""
    if verdict.kind is not VerdictKind.NOT_ATTEMPTED:
        return verdict
    for source, error in reversed(failures):
        if defines(source, question.defines):
            kind, what = raised(error)
            return verdict.explained(kind, f"the cell: {what}")
    return verdict
