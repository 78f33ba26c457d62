"""Notices what a student's code calls although it may not.

A fence and no wall: nothing is prevented, and code that wants to can undo it. What counts is a call
that the student's code makes itself, or has a library make for it by handing over what to call;
what a library calls on its own account is the library's affair.
"""

import contextlib
import linecache
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from opcode import opname
from types import FrameType
from typing import Any

from autograder.worker.targets import Target, Targets, made
from autograder.worker.text import plain

MAX_LINE = 300
CALLED = frozenset({"__init__", "__new__", "__call__"})
"""Methods that run where something is called; others with such names run where it is used."""

CALLS = "autograder.worker.calls."
"""Where what the student has defined is called."""


class Watch:
    """What a profiler sees, held against what is forbidden.

    Args:
        names: what may not be called.
        namespace: the globals that the student's own code has.
    """

    def __init__(self, names: Sequence[str], namespace: Mapping[str, Any]) -> None:
        self.report: dict[str, str] | None = None
        self._namespace = namespace
        self._targets = Targets(names)
        self._targets.look()
        self._given: set[int] = set()  # the ids of functions that the student has handed over

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        """One event of `sys.setprofile`; whatever it raised would end the student's call."""
        # This runs at every call and return: what most of them are must be over soon.
        try:
            if event == "call":
                self._python(frame)
            elif event == "c_call":
                self._builtin(frame, called)
        except Exception:
            return

    def _python(self, frame: FrameType) -> None:
        caller = frame.f_back
        own = caller is not None and caller.f_globals is self._namespace
        if own and self._targets.missing:
            self._targets.look()
        if id(frame.f_code) in self._targets.codes:
            self._known(frame, own)
        if own and frame.f_globals is not self._namespace:
            self._into_library(frame)

    def _known(self, frame: FrameType, own: bool) -> None:
        for target in self._targets.codes[id(frame.f_code)]:
            if target.runs_in(frame) and (own or self._through(target, frame)):
                self._found(target.name, frame.f_back)

    def _into_library(self, frame: FrameType) -> None:
        """A call of the student's own, of what is known by its module alone."""
        targets = self._targets
        for value in (*(held := frame.f_locals).values(), *_attributes(frame, held)):
            if id(value) in targets.functions:
                self._given.add(id(value))
        if not targets.modules and not targets.dispatched:
            return
        name, module = frame.f_code.co_name, str(frame.f_globals.get("__name__"))
        dispatched = targets.dispatched.get(name)
        if dispatched and module.startswith("numpy.") and module.endswith(".multiarray"):
            self._found(dispatched.name, frame.f_back)
        used = name.startswith("__") and name not in CALLED
        # What NumPy's dispatchers are of is called next.
        if used or name.endswith("_dispatcher"):
            return
        if (rule := self._rule(module)) and _calls(frame.f_back):
            self._found(_spelled(rule, module, frame.f_code.co_qualname), frame.f_back)

    def _builtin(self, frame: FrameType, called: Any) -> None:
        own = frame.f_globals is self._namespace
        if own and self._targets.missing:
            self._targets.look()
        if called.__name__ in self._targets.builtins:
            for target in self._targets.builtins[called.__name__]:
                if target.is_builtin(called) and (own or self._handed(frame, target)):
                    self._found(target.name, frame)
        if own and self._targets.modules:
            module = str(called.__module__ or type(called.__self__).__module__)
            if rule := self._rule(module):
                self._found(_spelled(rule, module, called.__name__), frame)

    def _rule(self, module: str) -> str | None:
        """The forbidden module that one is or lies in."""
        found = (rule for rule in self._targets.modules if f"{module}.".startswith(f"{rule}."))
        return next(found, None)

    def _through(self, target: Target, frame: FrameType) -> bool:
        """Whether a library calls for the student: what it was handed, or what is inherited."""
        assert frame.f_back is not None
        if isinstance(target.thing, type) and self._subclassed(target.thing, made(frame)):
            return True
        return self._handed(frame.f_back, target)

    def _subclassed(self, thing: type, kind: type) -> bool:
        """Whether the student has named a class as a base; libraries' bases are their affair."""
        own = (one for one in kind.__mro__ if one.__module__ == self._namespace.get("__name__"))
        return any(thing in one.__bases__ for one in own)

    def _handed(self, frame: FrameType, target: Target) -> bool:
        """Whether a frame calls what the student has handed over, as what answers a call does."""
        if id(target.thing) in self._given:
            return True
        ours = str(frame.f_globals.get("__name__")).startswith(CALLS)
        return ours and any(value is target.thing for value in frame.f_locals.values())

    def _student(self, frame: FrameType | None) -> FrameType | None:
        """The innermost frame of the student's code."""
        while frame is not None and frame.f_globals is not self._namespace:
            frame = frame.f_back
        return frame

    def _found(self, name: str, frame: FrameType | None) -> None:
        sys.setprofile(None)
        student = self._student(frame)
        line = ""
        if student is not None:
            line = linecache.getline(student.f_code.co_filename, student.f_lineno).strip()
        if self.report is None:
            self.report = {"name": name, "line": plain(line, MAX_LINE)}


def _calls(frame: FrameType | None) -> bool:
    """Whether a frame is calling something: operators and attributes run a library's code too."""
    if frame is None:
        return False
    code, at = frame.f_code.co_code, frame.f_lasti
    while opname[code[at]] == "CACHE":  # the interpreter's notes behind an instruction
        at -= 2
    return opname[code[at]].startswith("CALL")


def _attributes(frame: FrameType, held: Mapping[str, Any]) -> Iterable[Any]:
    """What a method's object has kept, which may have been given to it before."""
    code = frame.f_code
    own = held.get(code.co_varnames[0]) if code.co_argcount else None
    kept = getattr(own, "__dict__", None)
    return tuple(kept.values()) if type(kept) is dict else ()


def _spelled(rule: str, module: str, function: str) -> str:
    """A name that begins with the rule's, without what a library keeps to itself."""
    name = ".".join(part for part in f"{module}.{function}".split(".") if part[:1] != "_")
    if "<" in name:  # it is made within another function
        return rule
    return name if f"{name}.".startswith(f"{rule}.") else rule


@contextlib.contextmanager
def watching(names: Sequence[str], namespace: Mapping[str, Any]) -> Iterator[Watch]:
    """Watch what is called inside, in threads that are started there too."""
    watch = Watch(names, namespace)
    if not names:
        yield watch
        return
    before, of_threads = sys.getprofile(), threading.getprofile()
    threading.setprofile(watch)
    sys.setprofile(watch)
    try:
        yield watch
    finally:
        _put_back(before)
        threading.setprofile(of_threads)


def _put_back(profiler: Any) -> None:
    """Have the student's own profiler go on; cProfile's is an object that is enabled."""
    if profiler is None or callable(profiler):
        sys.setprofile(profiler)
    else:
        profiler.enable()
