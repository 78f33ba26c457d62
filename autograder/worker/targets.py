"""What the names of forbidden things stand for, as a running program shows them.

Python says which code a call runs, and which built-in function it calls; nothing says under which
name. So each name is looked up, in what is imported by now, and known again by what it is.
"""

import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from inspect import CO_VARARGS
from types import BuiltinFunctionType, FrameType, FunctionType, ModuleType
from typing import Any


@dataclass(frozen=True)
class Target:
    """Something that may not be called.

    Args:
        name: as a message says it.
        thing: what the name stands for.
        function: what runs where it is called.
    """

    name: str
    thing: Any
    function: Any

    def runs_in(self, frame: FrameType) -> bool:
        """Whether a frame of the function's code is this very function's, of this very class."""
        if self.function.__code__.co_freevars and not self._encloses(frame):
            return False
        return not isinstance(self.thing, type) or issubclass(made(frame), self.thing)

    def _encloses(self, frame: FrameType) -> bool:
        """Decorators share one code among all that they wrap, and differ in what they enclose."""
        names, cells = self.function.__code__.co_freevars, self.function.__closure__
        found = frame.f_locals
        return all(found.get(n) is c.cell_contents for n, c in zip(names, cells, strict=True))

    def is_builtin(self, called: Any) -> bool:
        """Whether a built-in function is this one; a method of a type is, bound to any object."""
        kind = getattr(self.function, "__objclass__", None)
        own = getattr(called, "__self__", None)
        return isinstance(own, kind) if kind else bool(called == self.function)


class Targets:
    """All that may not be called, as far as it is imported.

    Args:
        names: of callables, classes and modules.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.codes: defaultdict[int, list[Target]] = defaultdict(list)  # by the code's id
        self.builtins: defaultdict[str, list[Target]] = defaultdict(list)
        self.dispatched: dict[str, Target] = {}  # NumPy's built-in functions
        self.modules: list[str] = []
        self.functions: set[int] = set()  # the ids of what can be handed to others
        self.missing = list(names)

    def look(self) -> None:
        """Look up the names that have not been found yet."""
        for name in tuple(self.missing):
            thing = _named(name)
            if thing is None:
                continue
            self.missing.remove(name)
            if isinstance(thing, ModuleType):
                self.modules.append(name)
            for own, one in _members(name, thing):
                self.add(own, one)

    def add(self, name: str, thing: Any) -> None:
        """Know a thing again by whatever runs where it is called."""
        function = _innermost(thing)
        target = Target(name, thing, function)
        if not isinstance(thing, type):
            self.functions.add(id(thing))
        if isinstance(function, FunctionType):
            self.codes[id(function.__code__)].append(target)
        elif isinstance(function, BuiltinFunctionType) and function is not thing:
            self.dispatched[function.__name__] = target
        elif isinstance(function, BuiltinFunctionType) or hasattr(function, "__objclass__"):
            self.builtins[function.__name__].append(target)
        elif isinstance(thing, type):
            self._add_class(name, thing)

    def _add_class(self, name: str, thing: type) -> None:
        makers = [thing.__init__] if isinstance(thing.__init__, FunctionType) else [thing.__new__]  # type: ignore[misc]
        for function in (*makers, getattr(thing, "__call__", None)):  # noqa: B004
            if isinstance(function, FunctionType):
                self.codes[id(function.__code__)].append(Target(name, thing, function))


def _named(name: str) -> Any:
    """What a dotted name stands for, or None where it is not imported."""
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        thing: Any = sys.modules.get(".".join(parts[:end]))
        if thing is not None:
            try:
                for part in parts[end:]:
                    thing = getattr(thing, part)
            except Exception:  # a module may do anything where it is asked for what it has not
                return None
            return thing
    return None


def _members(name: str, thing: Any) -> Iterator[tuple[str, Any]]:
    """A thing itself; or what a module offers of its own package's, wherever that is defined."""
    if not isinstance(thing, ModuleType):
        yield name, thing
        return
    package = name.partition(".")[0]
    for own, one in list(vars(thing).items()):
        origin = getattr(one, "__module__", None)
        if callable(one) and isinstance(origin, str) and origin.partition(".")[0] == package:
            yield f"{name}.{own}", one


def _innermost(thing: Any) -> Any:
    """The function below whatever is wrapped around it that runs no Python code of its own."""
    while not isinstance(thing, FunctionType | type) and hasattr(thing, "__wrapped__"):
        thing = thing.__wrapped__
    return thing


def made(frame: FrameType) -> type:
    """The class of what a method's frame was called on; of `__new__`, the class that it makes."""
    code, found = frame.f_code, frame.f_locals
    first = None
    if code.co_argcount:
        first = found.get(code.co_varnames[0])
    elif code.co_flags & CO_VARARGS:
        first = next(iter(found.get(code.co_varnames[code.co_kwonlyargcount], ())), None)
    return first if isinstance(first, type) else type(first)
