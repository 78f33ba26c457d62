"""The kinds of exercise, judge's half: what each asks of the worker, and how it judges the answer.

A kind is a module with `request(question, case)` and `judge(question, trial, answer)`, a row here,
and a file of the same name in `autograder.worker.calls`.
"""

from collections.abc import Callable
from typing import Protocol

from autograder.checks import Case
from autograder.kinds import function
from autograder.kinds.finding import Finding, found
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import Lost, Verdict, VerdictKind

__all__ = ["KINDS", "Finding", "examine"]


class Kind(Protocol):
    """The judge's half of a kind of exercise."""

    def request(self, question: Question, case: Case) -> dict[str, Value]: ...

    def judge(self, question: Question, trial: Trial, answer: Value) -> Finding | None: ...


KINDS: dict[str, Kind] = {"function": function}


def examine(question: Question, put: Callable[[dict[str, Value]], Value]) -> Verdict:
    """Put a question's cases, one after another, and stop at the first wrong answer.

    Args:
        put: sends a request to where the student's code is and returns the answer, or raises
            `Lost`, which is a finding like others.
    """
    kind = KINDS[question.kind]
    for trial in question.trials:
        request = {"do": "call", "kind": question.kind, **kind.request(question, trial.case)}
        try:
            finding = kind.judge(question, trial, put(request))
        except Lost as lost:
            finding = found(lost.kind, trial, f"{question.defines} {lost}", str(lost.kind))
        if finding:
            return finding.verdict(question)
    return Verdict(question.name, VerdictKind.PASSED, question.points, question.points)
