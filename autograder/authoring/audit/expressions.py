"""What may go wrong in an expression, where mutmut has no operator for it."""

from collections.abc import Callable, Iterable
from typing import Any

import libcst as cst
import libcst.matchers as m

Operator = Callable[[Any], Iterable[cst.CSTNode]]

QUIET = frozenset({"name", "verbose", "strict", "initializer", "kernel_initializer"})
"""Keywords that change no answer: what things are called, what is shown, what is asserted, and how
weights begin that the judge replaces."""

WORDS = {
    "same": ("valid",),
    "valid": ("same",),
    "tanh": ("relu", "sigmoid"),
    "relu": ("tanh", "linear"),
    "softmax": ("sigmoid", "linear"),
    "sigmoid": ("tanh",),
    "sparse_categorical_crossentropy": ("mean_squared_error",),
}
"""Settings that one takes for one another."""

NAMES = {
    "zeros": "ones",
    "ones": "zeros",
    "max": "min",
    "min": "max",
    "argmax": "argmin",
    "argmin": "argmax",
    "sum": "mean",
    "mean": "sum",
    "var": "std",
    "std": "var",
    "any": "all",
    "all": "any",
    "floor": "ceil",
    "ceil": "floor",
    "hypot": "add",
    "sqrt": "square",
    "average_pool": "max_pool",
    "max_pool": "average_pool",
    "AveragePooling2D": "MaxPooling2D",
    "MaxPooling2D": "AveragePooling2D",
}
"""Functions that one takes for one another."""


def other_word(node: cst.SimpleString) -> Iterable[cst.CSTNode]:
    """Another setting; other strings mean nothing, or are only read by people."""
    for word in WORDS.get(str(node.evaluated_value), ()):
        yield cst.SimpleString(repr(word))


def other_function(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`np.zeros(n)` → `np.ones(n)`."""
    if other := NAMES.get(function_of(node)):
        name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
        yield node.with_deep_changes(name, value=other)


def function_of(node: cst.Call) -> str:
    """The last part of what is called."""
    name = node.func.attr if isinstance(node.func, cst.Attribute) else node.func
    return name.value if isinstance(name, cst.Name) else ""


def one_operand(node: cst.BinaryOperation) -> Iterable[cst.CSTNode]:
    """`a + b` → `a`, and `b`: a bias, a stride, a factor is forgotten."""
    yield from (node.left, node.right)


def rounded_up(node: cst.BinaryOperation) -> Iterable[cst.CSTNode]:
    """`a // b` → `-(-a // b)`; where it is rounded up already, the signs are taken away."""
    if not isinstance(node.operator, cst.FloorDivide):
        return
    if m.matches(node.left, m.UnaryOperation(operator=m.Minus())):
        return  # `removed_sign` takes that for its own
    down = node.with_changes(left=_negative(node.left), lpar=[], rpar=[])
    yield _negative(down)


def removed_sign(node: cst.UnaryOperation) -> Iterable[cst.CSTNode]:
    """`-a` → `a`."""
    if isinstance(node.operator, cst.Minus):
        yield node.expression


def other_product(node: cst.BinaryOperation) -> Iterable[cst.CSTNode]:
    """`a @ b` → `a * b`, `a * b` → `a + b`, `a ** b` → `a`."""
    swaps = {cst.MatrixMultiply: cst.Multiply, cst.Multiply: cst.Add}
    if other := swaps.get(type(node.operator)):
        yield _parenthesized(node.with_changes(operator=other()))


def removed_call(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`np.flip(x)` → `x`, and `patch.sum()` → `patch`."""
    if node.args and node.args[0].keyword is None and not node.args[0].star:
        yield node.args[0].value
    elif not node.args and isinstance(node.func, cst.Attribute):
        yield node.func.value


def smaller_number(node: cst.Integer | cst.Float) -> Iterable[cst.CSTNode]:
    """`3` → `2`; mutmut's operator makes it larger."""
    value = node.evaluated_value - 1
    number = type(node)(repr(abs(value)))
    yield _negative(number) if value < 0 else number


def negated(node: cst.If | cst.While | cst.IfExp) -> Iterable[cst.CSTNode]:
    """`if c` → `if not c`."""
    inside = _parenthesized(node.test)
    yield node.with_changes(test=cst.UnaryOperation(cst.Not(), inside))


def shorter_range(node: cst.Call) -> Iterable[cst.CSTNode]:
    """`range(n)` → `range(n - 1)`, and `range(1, n)`."""
    if m.matches(node, m.Call(func=m.Name("range"), args=[m.Arg()])):
        end = node.args[0]
        less = cst.BinaryOperation(_parenthesized(end.value), cst.Subtract(), cst.Integer("1"))
        yield node.with_changes(args=[end.with_changes(value=less)])
        yield node.with_changes(args=[cst.Arg(cst.Integer("1")), end])


def _negative(node: cst.BaseExpression) -> cst.UnaryOperation:
    parentheses: dict[str, Any] = {"lpar": [cst.LeftParen()], "rpar": [cst.RightParen()]}
    return cst.UnaryOperation(cst.Minus(), _parenthesized(node), **parentheses)


def _parenthesized(node: cst.BaseExpression) -> cst.BaseExpression:
    if node.lpar or isinstance(node, cst.Name | cst.Integer | cst.Float | cst.Call):
        return node
    return node.with_changes(lpar=[cst.LeftParen()], rpar=[cst.RightParen()])


OPERATORS: list[tuple[Any, Operator]] = [
    (cst.SimpleString, other_word),
    (cst.Call, other_function),
    (cst.BinaryOperation, one_operand),
    (cst.BinaryOperation, rounded_up),
    (cst.BinaryOperation, other_product),
    (cst.UnaryOperation, removed_sign),
    (cst.Call, removed_call),
    (cst.Integer, smaller_number),
    (cst.Float, smaller_number),
    (cst.If, negated),
    (cst.While, negated),
    (cst.IfExp, negated),
    (cst.Call, shorter_range),
]
