"""The kind *model*, judge's half: a builder's model, its summary, and what it computes.

A case's inputs: `x`, a batch of images; `weights`, arrays in layer order, which the judge puts
into the model; everything else is a keyword of the builder. The reference is called with `x` and
`weights`, and the rest by keyword; so are the check's `rows` with the rest.

A summary can be forged, so it counts only where the outputs are right.
"""

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from autograder.checks import Case, Check
from autograder.kinds.finding import Finding
from autograder.kinds.handover import Handover
from autograder.kinds.outcomes import BROKEN, Wanted, judge_outcome, outcome_of, signature
from autograder.linearity import double
from autograder.protocol import Value
from autograder.questions import Question, Trial
from autograder.results import VerdictKind
from autograder.tolerance import Expected

CASES = (1, 2)
PARTS = ("summary", "outputs")
NEEDS: Mapping[str, str] = {"summary": "outputs"}
HINTLESS = ("summary",)
REPEATS = True
HANDOVER: Handover | None = None


def trials(check: Check, cases: Sequence[Case]) -> Iterator[Trial]:
    """Each case with the summary's rows and the reference's outputs."""
    if not check.rtol or ("summary" in check.parts and check.rows is None):
        raise ValueError("a model needs rtol, and rows where its summary is asked")
    for case in cases:
        x, weights, arguments = _split(case)
        outputs = np.asarray(check.reference(double(x), double(weights), **arguments))
        expected = {"outputs": Expected(outputs, rtol=check.rtol)}
        if check.rows:
            rows = [(kind, shape, int(params)) for kind, shape, params in check.rows(**arguments)]
            expected["summary"] = Expected(rows)
        yield Trial(case, {part: expected[part] for part in PARTS if part in check.parts})


def _split(case: Case) -> tuple[Value, Value, dict[str, Value]]:
    arguments = dict(case.inputs)
    return arguments.pop("x"), arguments.pop("weights"), arguments


def request(question: Question, trial: Trial, parts: Sequence[str]) -> dict[str, Value]:
    """Ask the worker to build the model, describe it, and run it under the judge's weights."""
    x, weights, arguments = _split(trial.case)
    return {
        "name": question.defines,
        "parts": list(parts),
        "x": x,
        "weights": weights,
        "arguments": arguments,
    }


def judge(
    question: Question, trial: Trial, parts: Sequence[str], answer: Value
) -> dict[str, Finding]:
    """Judge the observations. They may be anything: whoever made them is not trusted."""
    observed = answer.get("parts") if isinstance(answer, dict) else None
    if not isinstance(observed, dict):
        call = signature(question.defines, _split(trial.case)[2])
        wanted = Wanted(question, trial, Expected(), call)
        return dict.fromkeys(question.parts, judge_outcome(wanted, answer) or BROKEN)
    found = {
        part: _judge_part(_wanted(question, trial, part), part, observed.get(part))
        for part in parts
    }
    return {part: fault for part, fault in found.items() if fault}


def _judge_part(wanted: Wanted, part: str, answer: Value) -> Finding | None:
    if part == "summary" and outcome_of(answer) == "returned":
        return _judge_rows(wanted, answer.get("value"))
    return judge_outcome(wanted, answer)


def _wanted(question: Question, trial: Trial, part: str) -> Wanted:
    x, _, arguments = _split(trial.case)
    call = signature(question.defines, arguments)
    if part == "outputs":
        call = f"the model of {call}, under given weights, on x{list(x.shape)}"
    return Wanted(question, trial, trial.expected[part], call)


def _judge_rows(wanted: Wanted, value: Value) -> Finding | None:
    rows = value if isinstance(value, list) else []
    expected = wanted.expected.value
    for number, (own, right) in enumerate(zip(rows, expected, strict=False), 1):
        if own != right:
            message = f"row {number} of the summary is {_row(own)}, expected {_row(right)}"
            return _rows_fault(wanted, message)
    if len(rows) != len(expected):
        message = f"the summary has {len(rows)} rows besides the input, expected {len(expected)}"
        return _rows_fault(wanted, message)
    return None


def _rows_fault(wanted: Wanted, message: str) -> Finding:
    return wanted.fault(VerdictKind.FAILED, f"{wanted.call}: {message}", "a wrong summary")


def _row(row: Value) -> str:
    """A row as a summary shows it."""
    if not isinstance(row, tuple) or len(row) != 3:
        return "no row"
    return " ".join(str(cell)[:60] for cell in row)
