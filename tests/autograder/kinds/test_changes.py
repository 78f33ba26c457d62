"""A call that changes its inputs is told which, and what was there before."""

import numpy as np
import pytest

from autograder.checks import Case
from autograder.examining import examine
from autograder.kinds import function
from autograder.questions import Question, Trial
from autograder.results import VerdictKind
from autograder.tolerance import Expected
from autograder.worker.calls import CALLS

X = np.float32([[1, 2, 3], [4, 5, 6]])
Y = np.float32([7, np.nan])
INPUTS = {"x": X, "stride": 2, "pair": (X, [Y, Y]), "named": {"w": X}, "sizes": [3, 4]}


def verdict(body, public=True, layout=""):
    """The verdict on a function that does something to its inputs and then returns 21."""
    namespace = {"np": np}
    exec(f"def f(x, stride, pair, named, sizes):\n    {body}\n    return 21.0", namespace)
    trial = Trial(Case("c", INPUTS, public=public, layout=layout), {"": Expected(21.0)})
    question = Question("f", {"": 10}, "f", (trial,), hint="add them up")
    return examine(question, lambda request: CALLS["function"](request, namespace))


@pytest.mark.parametrize(
    ("body", "told"),
    [
        ("x[0, 2] = 0", "x: element [0, 2] was 3, is 0; work on a copy (x = x.copy())"),
        ("x *= 2", "x: element [0, 0] was 1, is 2; work on a copy (x = x.copy())"),
        (
            "x.resize((3, 2), refcheck=False)",
            "x: its shape was (2, 3), is (3, 2); work on a copy (x = x.copy())",
        ),
        ("pair[0][1, 1] = 9", "pair[0]: element [1, 1] was 5, is 9; work on a copy"),
        ("pair[1][1][0] = 9", "pair[1][1]: element [0] was 7, is 9; work on a copy"),
        ("named['w'][:] = 0", "named['w']: element [0, 0] was 1, is 0; work on a copy"),
        ("named['b'] = 1", "named: its length was 1, is 2; work on a copy"),
        ("sizes.append(5)", "sizes: its length was 2, is 3; work on a copy"),
        ("sizes[0] = 9", "sizes[0] was 3, is 9; work on a copy"),
        ("pair[1][0] = object()", "pair; work on a copy"),
    ],
)
def test_a_changed_input_is_told_with_what_it_was(body, told):
    told_so = verdict(body)
    assert (told_so.kind, told_so.hint) == (VerdictKind.FAILED, "")
    assert told_so.message.endswith(f") changed its input {told}")
    assert verdict(body, public=False).message == "a hidden case: it changed an input"


@pytest.mark.parametrize(
    "body",
    ["pass", "x = x * 2; x[:] = 0", "x *= 1", "y = x.copy(); y[:] = 0", "x = x[::-1]", "print(x)"],
)
def test_what_is_done_to_a_copy_changes_nothing(body):
    assert verdict(body).passed
    assert verdict(body.replace("x *= 1", "pass"), layout="read-only").passed
    assert verdict(body, layout="strided").passed


@pytest.mark.parametrize("body", ["x[0] = 1", "x *= 1", "np.add(x, 1, out=x)", "x.sort()"])
def test_writing_to_what_is_read_only_is_told_as_such(body):
    told_so = verdict(body, layout="read-only")
    assert (told_so.kind, told_so.hint) == (VerdictKind.FAILED, "")
    assert "writes to its input" in told_so.message
    assert told_so.message.endswith("; work on a copy")
    hidden = verdict(body, public=False, layout="read-only")
    assert hidden.message == "a hidden case: it writes to its input"


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (None, "the answer was no observation of a call"),
        ([], "the answer was no observation of a call"),
        ({"outcome": "returned", "value": 21.0, "changed": [0]}, ""),
        (
            {"outcome": "returned", "value": 21.0, "changed": {"0": None, "x": 3}},
            "changed its input x",
        ),
    ],
)
def test_a_forged_report_of_changes_gains_nothing(answer, told):
    trial = Trial(Case("c", {"x": X}), {"": Expected(21.0)})
    findings = function.judge(Question("f", {"": 10}, "f", (trial,)), trial, [""], answer)
    assert told in str(findings) if told else not findings
