"""IPython's InteractiveShell without what belongs to a terminal, a kernel or a home folder."""

import atexit
import contextlib
import sys
import tempfile
from collections.abc import Iterator
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.core.profiledir import ProfileDir
from IPython.utils.text import SList
from traitlets.config import Config

from autograder.worker.missing import Forgiving

INSTALLERS = ("conda", "mamba", "micromamba", "pip", "uv")
PROGRAMS = ("bash", "cmd", "perl", "pypy", "python", "python2", "python3", "ruby", "script", "sh")
SYSTEM = ("!", "sc", "sx", "system")
SKIPPED_LINES = frozenset(
    {*INSTALLERS, *SYSTEM, "debug", "edit", "matplotlib", "pinfo", "pinfo2", "timeit"}
)
SKIPPED_CELLS = frozenset({*PROGRAMS, *SYSTEM})
"""Magics that would install, run another program, open a terminal, or only take time.

Pictures are inline anyway, so `%matplotlib` has nothing to do.
"""

RUN_STUDENT_CODE = frozenset({"capture", "time"})
"""Magics whose exceptions are the student's."""


class Publisher(DisplayPublisher):
    """Hands what `display` shows to the engine."""

    def publish(self, data: dict[str, Any], *_: object, **__: object) -> None:
        self.shell.shown(data)

    def clear_output(self, wait: bool = False) -> None:
        """Output stays: it is read when the cell is over."""


class Hook(DisplayHook):
    """Hands a cell's last expression to the engine."""

    def write_output_prompt(self) -> None:
        """There is no prompt."""

    def write_format_data(self, format_dict: dict[str, Any], *_: object) -> None:
        assert isinstance(self.shell, Engine)
        self.shell.resulted(format_dict)

    def finish_displayhook(self) -> None:
        """There is nothing to flush."""


class Engine(InteractiveShell):
    """Runs cells; keeps the first error, the results and what was displayed."""

    def __init__(self) -> None:
        config = Config()
        config.HistoryManager.enabled = False
        config.HistoryManager.hist_file = ":memory:"
        # IPython before 9.15 makes folders when it starts, and it is content to lose them.
        with tempfile.TemporaryDirectory() as folder:
            super().__init__(  # type: ignore[no-untyped-call]
                profile_dir=ProfileDir(location=folder),
                config=config,
                cache_size=0,
                display_pub_class=Publisher,
                displayhook_class=Hook,
            )
        atexit.unregister(self.atexit_operations)  # its resources end with the process
        assert self.display_formatter is not None
        self.display_formatter.active_types = ["text/plain", "image/png"]
        self.ast_transformers.append(Forgiving())
        self.forget()

    def forget(self) -> None:
        """Be ready for the next cell."""
        self.failure: BaseException | None = None
        self.results: list[dict[str, Any]] = []
        self.displayed: list[dict[str, Any]] = []

    def resulted(self, data: dict[str, Any]) -> None:
        self.results.append(data)

    def shown(self, data: dict[str, Any]) -> None:
        self.displayed.append(data)
        if "image/png" not in data:
            print(data.get("text/plain", ""))

    def init_ipython_dir(self, ipython_dir: str | None) -> None:
        """Nothing is read from or written to a home folder."""

    def init_sys_modules(self) -> None:
        """`Shell` says how long the cells' module is `__main__`."""

    def init_virtualenv(self) -> None:
        """Whoever starts the process decides what can be imported."""

    def init_completer(self) -> None:
        """Nobody types here."""

    def init_prompts(self) -> None:
        """`sys.ps1` would make libraries think that somebody types here."""

    def enable_gui(self, gui: str | None = None) -> None:
        """There is no event loop of windows."""

    def ask_exit(self) -> None:
        """`exit` and `quit` do nothing, so that the cells below still run."""

    def system(self, cmd: str) -> None:
        """Commands of the operating system are not run."""
        print(f"!{cmd} is not run here", file=sys.stderr)

    system_piped = system_raw = system

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> Any:  # noqa: ARG002
        self.system(cmd)
        return SList([]) if split else ""

    @contextlib.contextmanager
    def _tee(self, channel: str) -> Iterator[None]:  # noqa: ARG002
        """IPython keeps all that is printed; a gigabyte of it must not stay in memory."""
        yield

    def _format_exception_for_storage(self, *_: object, **__: object) -> dict[str, Any]:
        """IPython formats each error a second time for its history, which can take a second."""
        return {}

    def showtraceback(self, exc_tuple: Any = None, *_: object, **__: object) -> None:
        """Keep the error: how it looks is for the judge to decide."""
        error = exc_tuple[1] if exc_tuple else sys.exc_info()[1]
        if self.failure is None and not isinstance(error, UsageError):
            self.failure = error

    def showsyntaxerror(self, *_: object, **__: object) -> None:
        self.showtraceback()

    def showindentationerror(self) -> None:
        self.showtraceback()

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        with self._forgiving(magic_name):
            if magic_name not in SKIPPED_LINES:
                return super().run_line_magic(magic_name, line, _stack_depth + 1)
        return None

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        with self._forgiving(f"%{magic_name}"):
            if magic_name not in SKIPPED_CELLS:
                return super().run_cell_magic(magic_name, line, cell)  # type: ignore[no-untyped-call]
        return None

    @contextlib.contextmanager
    def _forgiving(self, name: str) -> Iterator[None]:
        """A magic that fails must not take the rest of its cell with it."""
        try:
            yield
        except Exception as error:
            if name.lstrip("%") in RUN_STUDENT_CODE and not isinstance(error, UsageError):
                raise
            print(f"%{name} does nothing here: {error}", file=sys.stderr)
