"""The kind *function*, judge's half: call it with a case's inputs, compare what it returns.

It has no parts: a right answer to every case earns all points.
"""

from collections.abc import Iterator, Mapping, Sequence

from autograder.checks import Case, Check
from autograder.kinds.changes import judge_changes
from autograder.kinds.finding import Finding
from autograder.kinds.handover import Handover
from autograder.kinds.outcomes import Wanted, judge_outcome, signature
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.tolerance import expect

CASES = (2, 4)
PARTS = ("",)
NEEDS: Mapping[str, str] = {}
HINTLESS: Sequence[str] = ()
REPEATS = True
HANDOVER: Handover | None = None


def trials(check: Check, cases: Sequence[Case]) -> Iterator[Trial]:
    """Each case with the reference's answer."""
    for case in cases:
        yield Trial(case, {"": expect(check, case)})


def request(question: Question, trial: Trial, _: Sequence[str]) -> dict[str, Value]:
    """Ask the worker to call the function with the case's inputs in their order."""
    case = trial.case
    return {"name": question.defines, "args": list(case.inputs.values()), "layout": case.layout}


def judge(
    question: Question, trial: Trial, parts: Sequence[str], answer: Value
) -> dict[str, Finding]:
    """Judge one answer. It may be anything: whoever wrote it is not trusted."""
    call = signature(question.defines, dict(trial.case.inputs))
    wanted = Wanted(question, trial, trial.expected[""], call)
    finding = judge_outcome(wanted, answer) or judge_changes(wanted, answer)
    return dict.fromkeys(parts, finding) if finding else {}
