"""Mutants of an answer: each is the answer with one small thing changed."""

import ast
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

import libcst as cst
import libcst.matchers as m
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation import mutators

from autograder.authoring.audit import axes, expressions
from autograder.authoring.audit.expressions import QUIET, Operator
from autograder.authoring.regions import BEGIN, END

WEIGHTS = m.Name("initializers")
"""Of Keras, what weights begin with: the judge puts in others."""

RECIPES = frozenset({"compile", "fit"})
"""How one trains is free: numbers there are put out of action, not moved a little."""


@dataclass(frozen=True)
class Mutant:
    """An answer in which something was changed.

    Args:
        was, becomes: the lines that differ, each as one line without indentation.
    """

    source: str
    was: str
    becomes: str

    @property
    def change(self) -> tuple[str, str]:
        """What names it, wherever in the file its line moves to."""
        return self.was, self.becomes

    def __str__(self) -> str:
        return f"- {self.was}\n+ {self.becomes}"


def mutants(source: str) -> list[Mutant]:
    """Every mutant of what lies in a cell's solution regions, each once."""
    made = {_parsed(code): code for code in _mutated(source)}
    made.pop(_parsed(source), None)
    return [_mutant(source, code) for tree, code in made.items() if tree]


def _parsed(source: str) -> str:
    """What code means to Python, whatever its layout; nothing where it is none."""
    with suppress(SyntaxError, ValueError):
        return ast.dump(ast.parse(source))
    return ""


def _mutant(source: str, code: str) -> Mutant:
    old, new = source.splitlines(), code.splitlines()
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    changed = [block[1:] for block in blocks if block[0] != "equal"]
    first, last = changed[0], changed[-1]
    was, becomes = old[first[0] : last[1]], new[first[2] : last[3]]
    return Mutant(code, _one_line(was), _one_line(becomes))


def _one_line(lines: Iterable[str]) -> str:
    return " ".join(line.strip() for line in lines)


def _mutated(source: str) -> Iterator[str]:
    wrapper = MetadataWrapper(cst.parse_module(source))
    walk = _Walk(_lines_of_regions(source), _operators(wrapper.module))
    wrapper.visit(walk)
    for node, replacement in walk.found:
        changed = wrapper.module.deep_replace(node, replacement)
        if isinstance(changed, cst.Module):
            yield changed.code


def _lines_of_regions(source: str) -> set[int]:
    lines, inside = set(), False
    for number, line in enumerate(source.splitlines(), 1):
        if BEGIN in line or END in line:
            inside = BEGIN in line
        elif inside:
            lines.add(number)
    return lines


def _operators(module: cst.Module) -> list[tuple[Any, Operator]]:
    ours = {mutators.operator_string, mutators.operator_arg_removal}
    kept = [(kind, one) for kind, one in mutators.mutation_operators if one not in ours]
    mistaken = axes.mistaken_names(axes.partners_in(module))
    return [
        *kept,
        (cst.Call, _without_argument),
        (cst.BaseSmallStatement, _dropped),
        (cst.BaseCompoundStatement, _dropped_block),
        *expressions.OPERATORS,
        *axes.OPERATORS,
        (cst.Name, mistaken),
    ]


def _without_argument(node: cst.Call) -> Iterator[cst.CSTNode]:
    """mutmut's, but for what changes no answer."""
    quiet = [arg for arg in node.args if arg.keyword and arg.keyword.value in QUIET]
    for changed in mutators.operator_arg_removal(node):
        if isinstance(changed, cst.Call) and all(_holds(changed.args, arg) for arg in quiet):
            yield changed


def _holds(args: Sequence[cst.Arg], arg: cst.Arg) -> bool:
    return any(one is arg for one in args)


def _dropped(node: cst.BaseSmallStatement) -> Iterator[cst.CSTNode]:
    """A statement is forgotten."""
    if not isinstance(node, cst.Pass):
        yield cst.Pass()


def _dropped_block(node: cst.BaseCompoundStatement) -> Iterator[cst.CSTNode]:
    if isinstance(node, cst.If | cst.For | cst.While):
        yield cst.SimpleStatementLine([cst.Pass()])


class _Walk(cst.CSTVisitor):
    """Collects what each node of a region may be replaced by."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self, lines: set[int], operators: Sequence[tuple[Any, Operator]]) -> None:
        super().__init__()
        self.found: list[tuple[cst.CSTNode, cst.CSTNode]] = []
        self._lines = lines
        self._operators = operators
        self._recipes = 0

    def on_visit(self, node: cst.CSTNode) -> bool:
        if _is_quiet(node):
            return False
        self._recipes += _is_recipe(node)
        if self._is_inside(node):
            self.found += [(node, new) for new in self._replacements(node)]
        return not isinstance(node, cst.Raise | cst.Annotation)

    def on_leave(self, original_node: cst.CSTNode) -> None:
        self._recipes -= _is_recipe(original_node)

    def _is_inside(self, node: cst.CSTNode) -> bool:
        place = self.get_metadata(PositionProvider, node, None)
        return place is not None and place.start.line in self._lines

    def _replacements(self, node: cst.CSTNode) -> Iterator[cst.CSTNode]:
        if self._recipes and isinstance(node, cst.Integer | cst.Float):
            yield cst.Integer("0")
            return
        for kind, operator in self._operators:
            if self._recipes and operator in (_without_argument, axes.swapped_arguments):
                continue
            if isinstance(node, kind):
                yield from operator(node)


def _is_quiet(node: cst.CSTNode) -> bool:
    """Whether what is in a node changes no answer."""
    if isinstance(node, cst.Arg) and node.keyword:
        return node.keyword.value in QUIET
    weights = m.Call(func=m.Attribute(value=WEIGHTS | m.Attribute(attr=WEIGHTS)))
    return m.matches(node, weights)


def _is_recipe(node: cst.CSTNode) -> bool:
    if not isinstance(node, cst.Call) or not isinstance(node.func, cst.Attribute):
        return False
    return node.func.attr.value in RECIPES
