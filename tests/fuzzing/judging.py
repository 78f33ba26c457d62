"""A stranger's message, from the wire to the verdict on a page, and what must hold then.

Credit is looked at by an oracle of its own, which knows of no rounding: whatever earned points lies
within a hundredth of the right answer.
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat.v4 import new_code_cell, new_notebook

from autograder import protocol
from autograder.checks import Limits
from autograder.examining import examine
from autograder.explaining import explaining, from_data
from autograder.feedback import write_student
from autograder.kinds.trained import PROBE
from autograder.nbgrader.outputs import judged, observed
from autograder.oracle import Oracle
from autograder.protocol import Array, ProtocolError, Value
from autograder.questions import Question, Trial
from autograder.receipts import write_receipt
from autograder.results import Lost, Result, Verdict
from autograder.sitting import Sitting
from autograder.submission import Cell, Rebuilt
from tests.fuzzing.answers import Answer
from tests.fuzzing.frames import parts_of
from tests.fuzzing.strangers import Stranger, whole

LIMITS = Limits(cell_seconds=20, call_seconds=20, submission_seconds=120)
NEAR = 0.01
LONGEST = 6_000
"""Characters of a verdict: a few lines."""


def judge(answer: Answer, frame: bytes, folder: Path) -> Verdict:
    """Come to a verdict as if this frame were the answer, whatever is asked, and write it."""
    stranger = Stranger(lambda _: [frame])

    def put(request: Value) -> Value:
        with stranger.child(LIMITS) as child:
            return child.ask(request, LIMITS.call_seconds)

    verdict = examine(answer.question, put, [explaining(from_data)])
    assert_credit(answer, verdict, value_of(frame))
    assert_shown(verdict, folder)
    return verdict


def value_of(frame: bytes) -> Value:
    """What a frame says, or nothing."""
    if not whole(frame):
        return None
    try:
        return protocol.decode(*parts_of(frame))
    except ProtocolError:
        return None


def assert_credit(answer: Answer, verdict: Verdict, value: Value) -> None:
    """Points are earned by what is nearly right, and by nothing else."""
    question, trial = answer.question, answer.trial
    scores = {part.name: part.score for part in verdict.parts} or {"": verdict.score}
    assert 0 <= verdict.score <= question.points
    if not scores.get("training", 1):
        scores.pop("config")  # whose other cases say whether it is right
    for part, score in scores.items():
        if score and question.kind == "trained":
            assert _trained(question, trial, part, value), f"{part} earned {score:g}"
        elif score and trial.asks(part):
            assert _earned(question, trial, part, value), f"{part} earned {score:g}"


def _earned(question: Question, trial: Trial, part: str, value: Value) -> bool:
    if question.kind == "function":
        if trial.expected[part].raises:
            return isinstance(value, dict) and value["outcome"] == "raised"
        return bool(value["outcome"] == "returned") and near(
            value["value"], trial.expected[part].value
        )
    own = value["parts"][part]
    if own["outcome"] != "returned":
        return False
    if part == "gradients":
        named = {
            name.partition(":")[2]: expected.value
            for name, expected in trial.expected.items()
            if name.startswith("gradients:")
        }
        return all(near(own["value"][name], right) for name, right in named.items())
    if part == "weights":
        made = own["value"]
        return all(made[role] == one for role, one in trial.expected[part].value.items())
    if part == "summary":
        outputs = value["parts"]["outputs"]["value"]
        return own["value"] == trial.expected[part].value and near(
            outputs, trial.expected["outputs"].value
        )
    return near(own["value"], trial.expected[part].value)


def _trained(question: Question, trial: Trial, part: str, value: Value) -> bool:
    """Whether our own model, with the weights that came, is as good as it should be."""
    assert question.check is not None
    inputs, found = trial.case.inputs, value["value"]
    if not near(found["outputs"], trial.expected[PROBE].value):
        return False
    weights = [one.astype(np.float64) for one in found["weights"]]
    scores = np.asarray(question.check.reference(weights, inputs["test_images"] * 1.0))
    right = np.argmax(scores, -1) == np.asarray(inputs["test_labels"])
    return bool(np.mean(right) >= question.thresholds[part])


def near(observed: Value, right: Value) -> bool:
    """Whether a value is the right one or lies within a hundredth of its largest number."""
    if isinstance(right, tuple):
        return len(observed) == len(right) and all(map(near, observed, right))
    if right is None or isinstance(right, str | bool):
        return bool(observed == right)
    mine, theirs = np.asarray(right, np.float64), _double(observed)
    if mine.shape != theirs.shape and mine.size + theirs.size != 2:
        return False
    theirs = theirs.reshape(mine.shape)
    finite = np.isfinite(mine)
    largest = np.max(np.abs(mine), initial=0.0, where=finite)
    with np.errstate(all="ignore"):
        close = np.abs(theirs - mine) <= NEAR * largest
    same = (theirs == mine) | (np.isnan(theirs) & np.isnan(mine))
    return bool(np.all(np.where(finite, close, same)))


def _double(value: Value) -> Array:
    return np.asarray(value, np.float64)


def assert_shown(verdict: Verdict, folder: Path) -> None:
    """It can be told: as JSON, in a notebook, on a page and in a receipt, each of a fit length."""
    assert len(verdict.message) <= LONGEST, f"a message of {len(verdict.message)} characters"
    json.dumps(verdict.as_json(), allow_nan=False)
    cell = new_code_cell("check()", outputs=judged(verdict))
    nbformat.validate(new_notebook(cells=[cell]))
    result = Result("eve", "01", (verdict,))
    page = write_student(folder, result)
    assert b"<script" not in page.read_bytes()
    write_receipt(folder, result)


def run_cell(frame: bytes, answer: Answer, again: Value) -> None:
    """Have a cell put out what a frame says, and judge an answer after it.

    Args:
        again: the answer's frame.
    """
    said = {"cell": frame, "call": again}
    rebuilt = Rebuilt(
        new_notebook(cells=[new_code_cell("x = 1")]),
        (Cell(0, "solution", f"def {answer.question.defines}(): ...", ours=False),),
        (),
        {answer.question.name: ("solution",)},
    )
    stranger: Any = Stranger(lambda request: [said[request["do"]]])
    with Sitting(rebuilt, LIMITS, stranger) as sitting:
        (verdict,) = sitting.answer([answer.question])
    if whole(frame):  # what is said too much is in the way of the next answer
        assert verdict.passed == answer.right, verdict.message
    for index, output in sitting.outputs.items():
        shown = observed(output, index)
        nbformat.validate(new_notebook(cells=[new_code_cell("x = 1", outputs=shown)]))
        assert len(json.dumps(shown)) < LONGEST_OUTPUT


LONGEST_OUTPUT = 64 << 20


def ask_oracle(answer: Answer, right: Question, asks: Sequence[bytes]) -> None:
    """Let a call ask for a right function's answers before it answers itself."""
    oracle = Oracle({right.defines: right}, answer.question)
    oracle.begin(LIMITS.call_seconds)
    frame = protocol.encode(answer.value)
    stranger = Stranger(lambda _: [*asks, frame])
    try:
        with stranger.child(LIMITS) as child:
            child.ask({"do": "call"}, LIMITS.call_seconds, oracle)
    except Lost:
        pass
