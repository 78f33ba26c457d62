"""What may go wrong with axes, sizes and slices: the mistakes of whoever writes array code."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

import libcst as cst
import libcst.matchers as m

from autograder.authoring.audit.expressions import Operator, function_of

ONE = cst.Integer("1")
SYMMETRIC = frozenset({"add", "hypot", "max", "maximum", "min", "minimum", "multiply"})


def swapped_neighbours(node: cst.Tuple | cst.List) -> Iterable[cst.CSTNode]:
    """`(0, 2, 3, 1)` → `(2, 0, 3, 1)` …: rows for columns, one axis for the next."""
    elements = list(node.elements)
    for place, (left, right) in enumerate(pairwise(elements)):
        if left.value.deep_equals(right.value):
            continue
        pair = [left.with_changes(value=right.value), right.with_changes(value=left.value)]
        yield node.with_changes(elements=[*elements[:place], *pair, *elements[place + 2 :]])


def dropped_element(node: cst.List) -> Iterable[cst.CSTNode]:
    """`[first, second]` → `[second]`, and `[first]`: a layer is forgotten."""
    elements = list(node.elements)
    for place in range(len(elements)):
        rest = [*elements[:place], *elements[place + 1 :]]
        if rest:
            rest[-1] = rest[-1].with_changes(comma=elements[-1].comma)
        yield node.with_changes(elements=rest)


def swapped_arguments(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`f(a, b)` → `f(b, a)`, where that is not the same."""
    if function_of(node) in SYMMETRIC:
        return
    args = list(node.args)
    for place, (left, right) in enumerate(pairwise(args)):
        if left.keyword or right.keyword or left.star or right.star:
            continue
        if not left.value.deep_equals(right.value):
            pair = [left.with_changes(value=right.value), right.with_changes(value=left.value)]
            yield node.with_changes(args=[*args[:place], *pair, *args[place + 2 :]])


def other_axis(node: cst.Subscript) -> Iterable[cst.CSTNode]:
    """`x.shape[0]` → `x.shape[1]`, and the other way round; `-1` → `0`."""
    if not m.matches(node, m.Subscript(slice=[m.SubscriptElement(slice=m.Index())])):
        return
    index = cst.ensure_type(node.slice[0].slice, cst.Index).value
    others = {"0": "1", "1": "0"}
    if isinstance(index, cst.Integer) and index.value in others:
        yield node.with_deep_changes(index, value=others[index.value])
    elif m.matches(index, m.UnaryOperation(operator=m.Minus(), expression=m.Integer("1"))):
        yield node.with_changes(slice=[cst.SubscriptElement(cst.Index(cst.Integer("0")))])


def whole_axis(node: cst.Subscript) -> Iterable[cst.CSTNode]:
    """`x[a:b, c]` → `x[:, c]`, and `x[a:b]`: one axis is not cut."""
    elements = list(node.slice)
    for place, element in enumerate(elements):
        if isinstance(element.slice, cst.Slice):
            rest = [*elements[:place], *elements[place + 1 :]]
            yield node.with_changes(slice=_closed(rest)) if rest else node.value


def shifted_slice(node: cst.Slice) -> Iterable[cst.CSTNode]:
    """A window that begins one later, ends one earlier or later, or is not bounded."""
    if node.lower is not None:
        yield node.with_changes(lower=_moved(node.lower, cst.Add()))
        yield node.with_changes(lower=None)
    if node.upper is not None:
        yield node.with_changes(upper=_moved(node.upper, cst.Add()))
        yield node.with_changes(upper=_moved(node.upper, cst.Subtract()))
        yield node.with_changes(upper=None)


def other_step(node: cst.Slice) -> Iterable[cst.CSTNode]:
    """`::d` → `::1`: a slice forgets its step; a flipped one is not flipped."""
    if node.step is not None:
        yield node.with_changes(step=ONE)
        if not isinstance(node.step, cst.UnaryOperation):
            yield node.with_changes(step=_moved(node.step, cst.Add()))


def mistaken_names(partners: Mapping[str, Sequence[str]]) -> Operator:
    """`kh` → `kw`: what was unpacked together is taken for one another."""

    def mistaken(node: cst.Name) -> Iterable[cst.CSTNode]:
        for name in partners.get(node.value, ()):
            yield node.with_changes(value=name)

    return mistaken


def partners_in(module: cst.Module) -> dict[str, list[str]]:
    """For each name the next one of the tuple that it is unpacked in."""
    found: dict[str, list[str]] = {}
    target = m.SaveMatchedNode(m.DoNotCare(), "target")
    where = m.AssignTarget(target=target) | m.CompFor(target=target) | m.For(target=target)
    for matched in m.extractall(module, where):
        for names in _unpacked(matched["target"]):
            for name, other in zip(names, [*names[1:], *names[:1]], strict=True):
                if other != name:
                    found.setdefault(name, []).append(other)
    return found


def _unpacked(target: Any) -> Iterator[list[str]]:
    """The names in each tuple of a target, but for those that nobody reads."""
    for group in m.findall(target, m.Tuple()):
        elements = cst.ensure_type(group, cst.Tuple).elements
        names = [one.value.value for one in elements if isinstance(one.value, cst.Name)]
        yield [name for name in names if name != "_"]


def _moved(node: cst.BaseExpression, operator: cst.BaseBinaryOp) -> cst.BaseExpression:
    return cst.BinaryOperation(node, operator, ONE)


def _closed(elements: list[Any]) -> list[Any]:
    """No comma after the last one."""
    return [*elements[:-1], elements[-1].with_changes(comma=cst.MaybeSentinel.DEFAULT)]


OPERATORS: list[tuple[Any, Operator]] = [
    (cst.Tuple, swapped_neighbours),
    (cst.List, swapped_neighbours),
    (cst.List, dropped_element),
    (cst.Call, swapped_arguments),
    (cst.Subscript, other_axis),
    (cst.Subscript, whole_axis),
    (cst.Slice, shifted_slice),
    (cst.Slice, other_step),
]
