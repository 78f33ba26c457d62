"""`autograder grade`, with a clock at its phases: python measured.py FILE ARGUMENT…

What is measured is wrapped from here; the grader itself knows nothing of it. The file says when
the first child was asked for, by the clock that all processes share, and how many seconds each
phase took in all.
"""

import functools
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from autograder.cli import app
from autograder.kinds import KINDS
from autograder.outputs import Outputs
from autograder.sandbox import Child, Parent

PHASES = ("fork", "cells", "calls", "compare", "record")
DOING = {"cell": "cells", "call": "calls"}

begun: list[float] = []
spent: list[tuple[str, float]] = []


def timed(function: Callable[..., Any], phase: Callable[..., str]) -> Callable[..., Any]:
    """A function whose time is counted to the phase that its arguments say."""

    @functools.wraps(function)
    def measured(*arguments: Any, **named: Any) -> Any:
        started = time.monotonic()
        begun.append(started)
        try:
            return function(*arguments, **named)
        finally:
            spent.append((phase(*arguments), time.monotonic() - started))

    return measured


def main(file: Path, arguments: list[str]) -> None:
    """Run the command and write the file."""
    for owner, name, phase in (
        (Parent, "child", lambda *_: "fork"),
        (Child, "close", lambda *_: "fork"),  # as each child is ended, too
        (Child, "ask", lambda _, request, *__: DOING[request["do"]]),
        (Outputs, "write", lambda *_: "record"),
        *((kind, "judge", lambda *_: "compare") for kind in KINDS.values()),
    ):
        setattr(owner, name, timed(getattr(owner, name), phase))
    try:
        app(arguments)
    finally:
        total = Counter(dict.fromkeys(PHASES, 0.0))
        for phase, seconds in spent:
            total[phase] += seconds
        file.write_text(json.dumps({"begun": min(begun, default=0.0), "spent": total}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
