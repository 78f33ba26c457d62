"""The check function inside a student's notebook.

check = autograder.load("01_convolution")
check("conv2d")

The student's function runs in the notebook's own process, which keeps its settings: what the call
changes of random states and of NumPy's settings is put back.
"""

import random
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.bundle import Bundle
from autograder.examining import examine
from autograder.explaining import explaining, from_data
from autograder.feedback import cards
from autograder.feedback.panels import panels
from autograder.kinds.finding import Finding
from autograder.locating import locate
from autograder.protocol import Value
from autograder.putting import Put
from autograder.questions import Question
from autograder.results import Verdict, VerdictKind
from autograder.stderr import standard_error_empty
from autograder.unavailable import told, unavailable
from autograder.worker.calls import answer


def load(name: str, path: str | Path | None = None) -> "Checker":
    """The checks of an assignment, from NAME.npz.

    Args:
        name: the assignment's.
        path: the file, or the folder that it lies in; else the working folder, else it is
            downloaded from the address in the environment variable `AUTOGRADER_URL`.

    Raises:
        BundleError: it is nowhere, damaged, or another assignment's.
    """
    return Checker(locate(name, path))


class Checker:
    """Judges what a notebook defines. `check("conv2d")` shows a verdict and returns its points."""

    def __init__(self, bundle: Bundle) -> None:
        self._assignment = bundle.assignment
        self._packages = bundle.packages
        self._warned: set[str] = set()
        self._questions = {question.name: question for question in bundle.questions}

    def __repr__(self) -> str:
        return f"<checks of {self._assignment}: {', '.join(self._questions)}>"

    def __call__(self, name: str) -> float:
        """Judge what the caller's globals hold, show the verdict, return the points.

        nbgrader without our engine takes the returned number as the cell's points, and anything on
        standard error as no points: so all that the call puts out goes to standard output.

        Raises:
            ValueError: there is no such check.
        """
        question = self._questions.get(name) if isinstance(name, str) else None
        if question is None:
            known = ", ".join(self._questions)
            raise ValueError(f"{name!r:.80} is no check of {self._assignment}; expected: {known}")
        namespace = sys._getframe(1).f_globals
        calls = Calls(namespace)
        with standard_error_empty():
            verdict = judge(question, calls)
            if verdict.kind is not VerdictKind.PASSED:
                _print(calls.printed)
                below = [self._questions[one] for one in question.builds_on]
                verdict = mend_first(verdict, [judge(one, Calls(namespace)) for one in below])
            show(verdict, question.picture)
            _print(self._missing_later(namespace.get("In", ())))
        return points(verdict)

    def _missing_later(self, cells: Any) -> str:
        """What the cells run so far import and grading will not have; each is told once."""
        sources = [cell for cell in cells if isinstance(cell, str)]
        asked = [question.defines for question in self._questions.values()]
        names = unavailable(sources, self._packages, asked)
        fresh = [name for name in names if name not in self._warned]
        self._warned.update(fresh)
        return told(fresh, self._packages)


class Calls:
    """Calls in this process of what a namespace defines; keeps what the last one printed."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.printed = ""
        self._namespace = namespace

    def __call__(self, request: dict[str, Value]) -> Value:
        came = answer(request, self._namespace)
        self.printed = came.get("stdout", "")
        error = came.get("error")
        # Behind the wall an interrupt is the submission's own; here it is the person's.
        if isinstance(error, dict) and error.get("type") == "KeyboardInterrupt":
            raise KeyboardInterrupt
        return came

    def explained(
        self, question: Question, put: Put, faults: Mapping[str, Finding]
    ) -> Mapping[str, Finding]:
        """An aid that names misconceptions; what is called for that alone prints nothing."""
        printed = self.printed
        explained = explaining(from_data)(question, put, faults)
        self.printed = printed
        return explained


def judge(question: Question, calls: Calls) -> Verdict:
    """Put a question's cases in this process.

    Raises:
        KeyboardInterrupt: someone has had enough of an endless loop.
    """
    started = time.perf_counter()
    try:
        with _settings_kept():
            verdict = examine(question, calls, [calls.explained])
    except Exception as error:
        # Whatever it is, it is ours, and the student's notebook should run on.
        message = f"not your fault: {type(error).__name__}: {error}; tell your instructor"
        verdict = Verdict(question.name, VerdictKind.UNGRADED, 0.0, question.points, message)
    return replace(verdict, seconds=time.perf_counter() - started)


@contextmanager
def _settings_kept() -> Iterator[None]:
    """Put back Python's and NumPy's random states and NumPy's settings."""
    generator = random.getstate()
    legacy = np.random.get_state(legacy=False)
    try:
        with np.errstate(), np.printoptions():
            yield
    finally:
        np.random.set_state(legacy)
        random.setstate(generator)


def mend_first(verdict: Verdict, below: Sequence[Verdict]) -> Verdict:
    """The verdict, and which of those that it builds on are wrong themselves."""
    wrong = [one.check for one in below if not one.passed]
    if verdict.passed or not wrong:
        return verdict
    are = "is" if len(wrong) == 1 else "are"
    note = f"this builds on {' and '.join(wrong)}, which {are} not right yet: mend that first"
    return replace(verdict, message=f"{note}\n{verdict.message}")


def points(verdict: Verdict) -> float:
    """What nbgrader may take for points: a plain float between 0 and the most there is."""
    score = round(float(verdict.score), 2)
    # A comparison with NaN is false, so NaN earns nothing.
    return min(score, float(verdict.max_score)) if score > 0 else 0.0


def show(verdict: Verdict, picture: bool = False) -> None:
    """Show a verdict in a notebook, with pictures, or as text where there is none."""
    text = cards.text(verdict)
    if _in_ipython():
        from IPython.display import display

        bundle = {"text/plain": text, "text/html": _html(verdict, picture)}
        display(bundle, raw=True)
    else:
        _print(text)


def _print(text: str) -> None:
    """Print with what the terminal cannot write replaced: some of Windows know no ✓."""
    if text:
        encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
        print(text.rstrip("\n").encode(encoding, "replace").decode(encoding))


def _in_ipython() -> bool:
    """Whether this is IPython, which is not imported to find out."""
    module = sys.modules.get("IPython")
    return module is not None and module.get_ipython() is not None


def _html(verdict: Verdict, picture: bool) -> str:
    try:
        drawn = panels(verdict.difference, picture) if verdict.difference else []
    except Exception:  # a verdict is worth showing without its picture
        drawn = []
    return cards.html(verdict, drawn)
