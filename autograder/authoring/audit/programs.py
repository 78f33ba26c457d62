"""What has to run before an answer, and no more: the definitions that it uses.

A notebook also paints pictures and trains networks, which an audit of thousands of answers cannot
wait for.
"""

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from autograder.authoring.regions import has_region
from autograder.authoring.roles import CHECK_CELL
from autograder.authoring.text import TextCell


@dataclass(frozen=True)
class Statement:
    """One statement at the top level: the names that it binds, and those that it reads."""

    source: str
    binds: frozenset[str]
    reads: frozenset[str]


@dataclass(frozen=True)
class Book:
    """An assignment's text: the answer to each check, and every statement of the notebook."""

    answers: dict[str, str]
    statements: tuple[Statement, ...]

    def before(self, source: str) -> str:
        """The statements that a program needs which are not its own, in their order."""
        own = {name for statement in _statements(source) for name in statement.binds}
        wanted = _reads(source) - own - vars(builtins).keys()
        chosen: set[int] = set()
        while True:
            more = {
                number
                for number, statement in enumerate(self.statements)
                if statement.binds & wanted and not statement.binds & own
            }
            if more <= chosen:
                break
            chosen |= more
            wanted = wanted.union(*(self.statements[number].reads for number in more))
        return "\n\n".join(self.statements[number].source for number in sorted(chosen))


def read_book(cells: Sequence[TextCell]) -> Book:
    """The answers and statements of a text notebook."""
    code = [cell.source for cell in cells if cell.kind == "code"]
    return Book(dict(_answers(code)), tuple(one for source in code for one in _statements(source)))


def _answers(sources: Iterable[str]) -> Iterator[tuple[str, str]]:
    """For each check the cells with solution regions since the one before."""
    since: list[str] = []
    latest: list[str] = []
    for source in sources:
        if has_region(source):
            since.append(source)
        elif found := CHECK_CELL.fullmatch(source.strip()):
            latest, since = since or latest, []
            yield found["name"], "\n\n\n".join(latest)


def defined(source: str) -> frozenset[str]:
    """The names that a program defines."""
    return frozenset(name for statement in _statements(source) for name in statement.binds)


def _statements(source: str) -> list[Statement]:
    """The statements of a cell; none where IPython's own language is in it."""
    with suppress(SyntaxError, ValueError):
        lines = source.splitlines()
        return [_statement(node, lines) for node in ast.parse(source).body]
    return []


def _statement(node: ast.stmt, lines: Sequence[str]) -> Statement:
    decorators = getattr(node, "decorator_list", [])
    first = min(one.lineno for one in (node, *decorators))
    source = "\n".join(lines[first - 1 : node.end_lineno])
    table = symtable.symtable(source, "<cell>", "exec")
    bound = {one.get_name() for one in table.get_symbols() if _binds(one)}
    return Statement(source, frozenset(bound), _read_in(table))


def _binds(symbol: symtable.Symbol) -> bool:
    return symbol.is_assigned() or symbol.is_imported() or symbol.is_namespace()


def _reads(source: str) -> frozenset[str]:
    with suppress(SyntaxError, ValueError):
        return _read_in(symtable.symtable(source, "<cell>", "exec"))
    return frozenset()


def _read_in(table: symtable.SymbolTable) -> frozenset[str]:
    """The names that are looked up in the module, here or further in."""
    module = table.get_type() == "module"
    names = {
        one.get_name()
        for one in table.get_symbols()
        if one.is_referenced() and (module or one.is_global())
    }
    return frozenset(names.union(*(_read_in(inner) for inner in table.get_children())))
