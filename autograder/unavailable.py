"""What a notebook imports that will not be there when it is graded."""

import ast
import sys
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cache

from autograder.distributions import BACKENDS, NotInstalled, provided

USUAL = ("autograder", "numpy", "matplotlib")
"""What every notebook imports; the rest takes a moment to look up."""


def unavailable(
    sources: Iterable[str], packages: Sequence[str], asked: Collection[str]
) -> list[str]:
    """Modules that cells import and an assignment does not provide, in alphabetical order.

    Args:
        sources: the cells; what is no Python, or IPython's, is passed over.
        packages: what the assignment allows.
        asked: the functions and classes that are graded; what others import may never be needed.
    """
    named = {name for source in sources for name in _imported(source, asked)}
    named -= {*sys.stdlib_module_names, *USUAL, *packages}
    if not named or not packages:
        return []
    there = _provided(tuple(packages))
    return sorted(named - there) if there else []


def told(names: Sequence[str], packages: Sequence[str]) -> str:
    """That they will be missing, in one line; nothing where none will."""
    if not names:
        return ""
    line = f"{' and '.join(names)} will not be there when this is graded"
    return f"{line}; what uses that will fail (allowed: {', '.join(packages)})"


@cache
def _provided(packages: tuple[str, ...]) -> frozenset[str]:
    """What is there; nothing where that cannot be said, since here something is not installed."""
    try:
        there = provided(packages)
        # An assignment that names Keras alone may be graded with any backend.
        return there | (_backends() if "keras" in there else frozenset())
    except NotInstalled:
        return frozenset()


def _backends() -> frozenset[str]:
    found = frozenset(BACKENDS)
    for backend in BACKENDS:
        try:
            found |= provided([backend])
        except NotInstalled:
            continue
    return found


def _imported(source: str, asked: Collection[str]) -> Iterator[str]:
    """The top-level names of what a cell imports, itself or in what is asked for."""
    try:
        tree = ast.parse(_plain(source))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    todo: list[ast.AST] = [tree]
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
        todo += [one for one in ast.iter_child_nodes(node) if _runs(one, asked)]


def _runs(node: ast.AST, asked: Collection[str]) -> bool:
    """Whether what stands in it is sure to run, or to be called when it is graded."""
    if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return True
    return getattr(node, "name", "") in asked


def _plain(source: str) -> str:
    """A cell without its magics and shell lines."""
    lines = source.splitlines()
    return "\n".join("" if line.lstrip()[:1] in ("%", "!") else line for line in lines)
