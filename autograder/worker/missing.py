"""A package that is missing costs what uses it, not all that its cell defines."""

import ast
import sys
from typing import NoReturn

HANDLER = (
    "try: pass\n"
    "except ModuleNotFoundError as _missing:\n"
    "    {names} = __import__({module!r}, fromlist=['']).stand_in(_missing)"
)


class Missing:
    """Stands for what could not be imported: whoever uses it is told so."""

    def __init__(self, error: ModuleNotFoundError) -> None:
        self._error = error

    def _refuse(self, *_: object) -> NoReturn:
        raise ModuleNotFoundError(*self._error.args, name=self._error.name)

    __getattr__ = __getitem__ = __call__ = __iter__ = _refuse
    __enter__ = __exit__ = __mro_entries__ = _refuse


def stand_in(error: ModuleNotFoundError) -> Missing:
    """What a cell's name is when its import fails."""
    print(f"{error}: what uses it will fail", file=sys.stderr)
    return Missing(error)


class Forgiving(ast.NodeTransformer):
    """Has a cell go on after imports of missing packages; those within a block stay as they are."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = [after for before in node.body for after in _forgiven(before)]
        return node


def _forgiven(statement: ast.stmt) -> list[ast.stmt]:
    if isinstance(statement, ast.Import):
        each = (ast.Import([alias]) for alias in statement.names)
        return [_guarded(ast.copy_location(one, statement), one.names) for one in each]
    if isinstance(statement, ast.ImportFrom) and statement.module != "__future__":
        return [_guarded(statement, statement.names)]
    return [statement]


def _guarded(statement: ast.stmt, aliases: list[ast.alias]) -> ast.stmt:
    names = [alias.asname or alias.name for alias in aliases]
    # Nobody knows what a star would have bound; and `import a.b` binds a, which may be there.
    if not all(map(str.isidentifier, names)):
        return statement
    (guard,) = ast.parse(HANDLER.format(names=" = ".join(names), module=__name__)).body
    assert isinstance(guard, ast.Try)
    guard.body = [statement]
    for node in ast.walk(guard):  # a traceback names the cell's own line
        if node is not statement and hasattr(node, "lineno"):
            ast.copy_location(node, statement)
    return guard
