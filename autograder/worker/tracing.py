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
        self.over = False
        self._namespace = namespace
        self._targets = Targets(names)
        self._targets.look()

    def __call__(self, frame: FrameType, event: str, called: Any) -> None:
        """One event of `sys.setprofile`; whatever it raised would end the student's call."""
        if self.over or self.report:
            sys.setprofile(None)  # this is a thread that outlived what was watched
            return
        with contextlib.suppress(Exception):
            if event == "call":
                self._python(frame)
            elif event == "c_call":
                self._builtin(frame, called)

    def _python(self, frame: FrameType) -> None:
        caller = frame.f_back
        if caller is None:
            return
        own = caller.f_globals is self._namespace
        if own:
            self._targets.look()
        for target in self._targets.codes.get(frame.f_code, ()):
            if target.runs_in(frame) and (own or self._through(caller, target, frame)):
                self._found(target.name, caller)
        if own and frame.f_globals is not self._namespace:
            self._unlisted(frame, caller)

    def _unlisted(self, frame: FrameType, caller: FrameType) -> None:
        """A call of the student's into a library, of what is known by its module alone."""
        code, module = frame.f_code, str(frame.f_globals.get("__name__"))
        dispatched = self._targets.dispatched.get(code.co_name)
        if dispatched and module.startswith("numpy.") and module.endswith(".multiarray"):
            self._found(dispatched.name, caller)
        used = code.co_name.startswith("__") and code.co_name not in CALLED
        if used or code.co_name.endswith("_dispatcher"):  # NumPy's asks who computes, then calls
            return
        if rule := self._rule(module):
            self._found(_spelled(rule, module, code.co_qualname), caller)

    def _builtin(self, frame: FrameType, called: Any) -> None:
        own = frame.f_globals is self._namespace
        if own:
            self._targets.look()
        for target in self._targets.builtins.get(called.__name__, ()):
            if target.is_builtin(called) and (own or self._handed(frame, target)):
                self._found(target.name, frame)
        if own and self._targets.modules:
            of = called.__self__
            module = called.__module__ or type(of).__module__
            if rule := self._rule(str(module)):
                self._found(_spelled(rule, str(module), called.__name__), frame)

    def _rule(self, module: str) -> str | None:
        """The forbidden module that one is or lies in."""
        found = (rule for rule in self._targets.modules if f"{module}.".startswith(f"{rule}."))
        return next(found, None)

    def _through(self, caller: FrameType, target: Target, frame: FrameType) -> bool:
        """Whether a library calls for the student: what it was handed, or what is inherited."""
        if not isinstance(target.thing, type):
            return self._handed(caller, target)
        kind = made(frame)
        own = kind is not target.thing and kind.__module__ == self._namespace.get("__name__")
        return own or self._handed(caller, target)

    def _handed(self, frame: FrameType, target: Target) -> bool:
        """Whether a frame calls what a variable of its own holds, which came from the student."""
        handed = any(value is target.thing for value in frame.f_locals.values())
        ours = str(frame.f_globals.get("__name__")).startswith(CALLS)
        return handed and (ours or self._student(frame) is not None)

    def _student(self, frame: FrameType | None) -> FrameType | None:
        """The innermost frame of the student's code."""
        while frame is not None and frame.f_globals is not self._namespace:
            frame = frame.f_back
        return frame

    def _found(self, name: str, frame: FrameType) -> None:
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
        sys.setprofile(None)
        watch.over = True
        _put_back(before)
        threading.setprofile(of_threads)


def _put_back(profiler: Any) -> None:
    """Have the student's own profiler go on; cProfile's is an object that is enabled."""
    if profiler is None or callable(profiler):
        sys.setprofile(profiler)
    else:
        profiler.enable()
