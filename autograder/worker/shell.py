"""Runs the cells of a notebook in this process, without a kernel."""

import contextlib
import pydoc
import re
import sys
from collections.abc import Iterator, Mapping
from typing import Any

from IPython.core.interactiveshell import InteractiveShell

from autograder.worker.capture import captured
from autograder.worker.engine import Engine
from autograder.worker.failure import describe
from autograder.worker.pictures import pictures, prepare
from autograder.worker.text import plain

MEASURING = re.compile(r"\A\s*%%(?:time|timeit|prun)\b.*|^[ \t]*%time[ \t]+(?=\S)", re.M)
"""What asks how long code takes: the code is run as if it did not, with its lines in place."""


class Shell:
    """A notebook's session.

    Args:
        output_characters: how much text to keep of what a cell prints, and of its result.
    """

    def __init__(self, output_characters: int) -> None:
        self._limit = output_characters
        self._engine: Any = Engine()
        prepare(self._engine)
        self.namespace["input"] = _no_input
        self.namespace["help"] = pydoc.help  # a worker's interpreter starts without `site`

    @property
    def namespace(self) -> dict[str, Any]:
        """The names that the cells have defined."""
        names: dict[str, Any] = self._engine.user_ns
        return names

    def run(self, source: str) -> dict[str, Any]:
        """Run one cell and say what came of it.

        Returns:
            `outcome` ("ran" or "raised"), `error` (None, or as `failure.describe` tells it),
            `stdout` (stderr too), `result` (of the last expression) and `images` (pixels).
        """
        engine = self._engine
        engine.forget()
        with self._current(), captured(self._limit) as capture:
            ran = engine.run_cell(MEASURING.sub(_blank, source), store_history=True)
        error = engine.failure or ran.error_before_exec or ran.error_in_exec
        return {
            "outcome": "raised" if error else "ran",
            "error": describe(error) if error else None,
            "stdout": plain(capture.text(), self._limit + 100),
            "result": plain("\n".join(map(_text, engine.results)), self._limit),
            "images": pictures([*engine.displayed, *engine.results]),
        }

    @contextlib.contextmanager
    def _current(self) -> Iterator[None]:
        """Be what `__main__` and `get_ipython()` are, for as long as a cell runs."""
        instance, main = InteractiveShell._instance, sys.modules["__main__"]
        InteractiveShell._instance = self._engine
        sys.modules["__main__"] = self._engine.user_module
        try:
            yield
        finally:
            InteractiveShell._instance = instance
            sys.modules["__main__"] = main


def _blank(found: re.Match[str]) -> str:
    """What stands in for a measuring magic: as many lines, and the indentation."""
    text = found[0]
    return "\n" * text.count("\n") + ("" if "%%" in text else text[: text.index("%")])


def _text(bundle: Mapping[str, Any]) -> str:
    return str(bundle.get("text/plain", ""))


def _no_input(prompt: object = "") -> str:
    """Nobody is there to answer."""
    print(prompt)
    return ""
