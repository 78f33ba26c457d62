"""How near right answers come to their bounds: python -m benchmarks.margins ASSIGNMENT CHECK…

On what Keras and NumPy are told by the environment. Standard output gets a JSON list of `Margin`.
What is measured is wrapped from here; the grader itself knows nothing of it.
"""

import json
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from runpy import run_path
from typing import Any
from unittest.mock import patch

import numpy as np

from autograder.asking import ask
from autograder.checks import Check
from autograder.comparison import Complaint, compare
from autograder.course import Assignment, open_course
from autograder.kinds import KINDS, outcomes, trained
from autograder.kinds.trained import _accuracy as accuracy_of
from autograder.linearity import double
from autograder.percent import read_percent
from autograder.protocol import Value
from autograder.putting import observe
from autograder.questions import Question, Trial
from autograder.tolerance import Arithmetic, Expected, arrays_of, bound
from autograder.worker.calls import CALLS

ROOT = Path(__file__).parent.parent
DRAWN = {"function": 50, "layer": 4, "model": 3, "trained": 1}
"""How many cases are drawn, of what has a tolerance; of what is exact, a fifth."""

Namespace = dict[str, Any]


@dataclass(frozen=True)
class Margin:
    """What one right answer to a check came to.

    Args:
        style: which answer.
        dtype: of the inputs.
        cases: how many it was given.
        largest: its largest error over the bound; where nothing but the very value is right, 0, or
            infinite.
        accuracy: of what it trained, above the highest threshold.
    """

    check: str
    style: str
    dtype: str
    cases: int
    largest: float
    accuracy: float | None = None


def margins(assignment: Assignment, names: Sequence[str]) -> Iterator[Margin]:
    """Put cases to every right answer."""
    answers = dict(right_answers(assignment.text))
    for check in assignment.checks():
        if check.name not in names:
            continue
        questions = list(drawn(check, assignment.name))
        for style, namespace in answers.items():
            for dtype in dtypes(questions[0]):
                yield measure(questions, style, namespace, dtype)


def right_answers(text: Path) -> Iterator[tuple[str, Namespace]]:
    """What is defined by the solution's cells, and by each file of `right`."""
    cells = read_percent(text)
    code = [cell.source for cell in cells if cell.cell_type == "code"]
    solution: Namespace = {}
    for source in code:
        if "### BEGIN SOLUTION" in source or source.startswith(("import ", "from ")):
            with patch("autograder.load"):
                exec(compile(source, text.name, "exec"), solution)
    yield "solution", solution
    for path in sorted(text.parent.glob("right/*.py")):
        yield path.stem, run_path(str(path))


def drawn(check: Check, assignment: str) -> Iterator[Question]:
    """The check under as many fixed secrets as its cases need."""
    wanted = DRAWN[check.kind]
    wanted = wanted if check.rtol or check.multilinear else max(1, wanted // 5)
    for number in range(wanted):
        question = ask(check, assignment, bytes([number]) * 32)
        yield question
        wanted -= sum(not trial.case.public for trial in question.trials)
        if wanted <= 0 or check.draw is None:
            break


def dtypes(question: Question) -> Sequence[str]:
    """What the inputs may be: as they are, and in float64 where an answer is called with reals."""
    inputs = [trial.case.inputs for trial in question.trials]
    called = [one["x"] if "x" in one else list(one.values()) for one in inputs]
    real = any(array.dtype.kind == "f" for array in arrays_of(called))
    return ("float32", "float64") if real and question.kind != "trained" else ("float32",)


def measure(questions: Sequence[Question], style: str, namespace: Namespace, dtype: str) -> Margin:
    """Put the public cases once, and all that were drawn."""
    first, *others = questions
    trials = list(first.trials)
    trials += [trial for one in others for trial in one.trials if not trial.case.public]
    recorder = Recorder()
    for trial in trials:
        recorder.judge(first, trial, namespace, dtype)
    largest, accuracy = max(recorder.errors, default=0.0), min(recorder.accuracies, default=None)
    return Margin(first.name, style, dtype, len(trials), largest, accuracy)


class Recorder:
    """Judges answers as the grader does, and keeps by how much they are right."""

    def __init__(self) -> None:
        self.errors: list[float] = []
        self.accuracies: list[float] = []

    def judge(self, question: Question, trial: Trial, namespace: Namespace, dtype: str) -> None:
        """Put one case. An answer that is wrong counts as infinitely far away."""
        kind = KINDS[question.kind]
        parts = [part for part in question.parts if trial.asks(part)]

        def put(request: dict[str, Value]) -> Value:
            if dtype == "float64":
                called = {name: double(request[name]) for name in ("args", "x") if name in request}
                request |= called
            return CALLS[question.kind](request, namespace)

        answer = observe(question, trial, parts, put)
        with (
            patch.object(outcomes, "compare", self._compare),
            patch.object(trained, "_accuracy", self._accuracy),
        ):
            faults = kind.judge(question, trial, parts, answer)
        for fault in faults.values():
            print(fault.message, file=sys.stderr)
            self.errors.append(math.inf)

    def _compare(
        self, observed: Value, expected: Expected, arithmetic: Arithmetic, *others: Any
    ) -> Complaint | None:
        complaint = compare(observed, expected, arithmetic, *others)
        if not complaint:
            self.errors.append(error_over_bound(observed, expected, arithmetic))
        return complaint

    def _accuracy(self, question: Question, *others: Any) -> float:
        accuracy = accuracy_of(question, *others)
        self.accuracies.append(accuracy - max(question.thresholds.values()))
        return accuracy


def error_over_bound(observed: Value, expected: Expected, arithmetic: Arithmetic) -> float:
    """The largest of a right answer's elements; 0 for what is no number."""
    value = expected.value
    if isinstance(value, tuple):
        each = (replace(expected, value=one) for one in value)
        pairs = zip(observed, each, strict=True)
        return max(error_over_bound(one, right, arithmetic) for one, right in pairs)
    if value is None or isinstance(value, str | bool):
        return 0.0
    numbers = np.reshape(np.asarray(observed, np.float64), np.shape(value))
    error = np.abs(numbers - value)
    over = np.divide(error, bound(expected, arithmetic), out=np.zeros_like(error), where=error > 0)
    return float(np.max(over, initial=0.0))


def main(name: str, names: Sequence[str]) -> None:
    """Write what was found."""
    found = margins(open_course(ROOT).assignment(name), names)
    print(json.dumps([asdict(one) for one in found]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
