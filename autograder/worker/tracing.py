"""Notices what a student's code calls although it may not.

A fence and no wall: nothing is prevented, and code that wants to can undo it. What counts is a call
that the student's code makes itself, or has a library make for it by handing over what to call;
what a library calls on its own account is the library's affair.
"""

import contextlib
import linecache
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
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
        if own and frame.f_globals is not self._namespace:
            self._into_library(frame)
        if id(frame.f_code) in self._targets.codes:
            self._known(frame, own)

    def _known(self, frame: FrameType, own: bool) -> None:
        for target in self._targets.codes[id(frame.f_code)]:
            if target.runs_in(frame) and (own or self._through(target, frame)):
                self._found(target.name, frame.f_back)

    def _into_library(self, frame: FrameType) -> None:
        """A call of the student's own, of what is known by its module alone."""
        targets = self._targets
        if targets.missing:
            targets.look()
        if not targets.modules and not targets.dispatched:
            return
        name, module = frame.f_code.co_name, str(frame.f_globals.get("__name__"))
        dispatched = targets.dispatched.get(name)
        if dispatched and module.startswith("numpy.") and module.endswith(".multiarray"):
            self._found(dispatched.name, frame.f_back)
        used = name.startswith("__") and name not in CALLED
        # What NumPy's dispatchers are of is called next.
        if not used and not name.endswith("_dispatcher") and (rule := self._rule(module)):
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
        if isinstance(target.thing, type):
            kind = made(frame)
            if kind is not target.thing and kind.__module__ == self._namespace.get("__name__"):
                return True
        return self._handed(frame.f_back, target)

    def _handed(self, frame: FrameType, target: Target) -> bool:
        """Whether a frame calls what it was given as an argument, and the student gave it."""
        if str(frame.f_globals.get("__name__")).startswith(CALLS):
            return any(value is target.thing for value in frame.f_locals.values())
        code, found = frame.f_code, frame.f_locals
        names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
        handed = any(found.get(name) is target.thing for name in names)
        return handed and self._student(frame) is not None

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


def _spelled(rule: str, module: str, function: str) -> str:
    """A name that begins with the rule's, without what a library keeps to itself."""
    parts = [part for part in f"{module}.{function}".split(".") if not part.startswith(("_", "<"))]
    name = ".".join(parts)
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
