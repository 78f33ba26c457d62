"""What the worker answers becomes a finding, whoever wrote the answer."""

from dataclasses import replace

import numpy as np
import pytest

from autograder.checks import Case
from autograder.examining import examine
from autograder.kinds import function
from autograder.questions import Question, Trial
from autograder.results import Lost, VerdictKind
from autograder.tolerance import Expected

X = np.float32([[1, 2], [3, 4]])
PUBLIC = Case("slide 1", {"x": X, "strides": 2})
HIDDEN = Case("hidden case 1", {"x": X, "strides": 2}, public=False)
ANSWER = Expected(np.array([[2.0, 4.0], [6.0, 8.0]]))


def question(*trials):
    return Question("pool", {"": 10}, "pool", trials, hint="mind the strides")


def trial(case, expected=ANSWER):
    return Trial(case, {"": expected})


def judge(asked, answer):
    """The only finding, if there is one."""
    return function.judge(question(), asked, [""], answer).get("")


def returned(value):
    return {"outcome": "returned", "value": value, "type": "ndarray"}


def raised(name, message="", line=""):
    error = {"type": name, "message": message, "line": line}
    return {"outcome": "raised", "error": error}


def test_the_request_holds_the_inputs_in_their_order():
    asked = function.request(question(), trial(PUBLIC), [""])
    assert asked["name"] == "pool"
    assert asked["args"][0] is X
    assert asked["args"][1:] == [2]
    assert asked["layout"] == ""
    strided = trial(replace(PUBLIC, layout="strided"))
    assert function.request(question(), strided, [""])["layout"] == "strided"


def test_a_right_answer_is_not_found_fault_with():
    assert judge(trial(PUBLIC), returned(ANSWER.value)) is None


FINDINGS = [
    (
        returned(ANSWER.value[::-1]),
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2): element [0, 0] is 6, expected 2; "
        "4 of 4 elements are wrong, all of them",
        "a hidden case: wrong values, all of them",
    ),
    (
        {"outcome": "unsupported", "type": "generator"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2) returned an object of type generator, expected numbers; "
        "make an array of it: numpy.array(list(...))",
        "a hidden case: a result of the wrong kind",
    ),
    (
        {"outcome": "unsupported", "type": "function", "reason": "it is neither"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2) returned an object of type function, expected numbers; "
        "call it, and return what it returns",
        "a hidden case: a result of the wrong kind",
    ),
    (
        {"outcome": "unsupported", "type": "Pool", "reason": "it is neither"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2) returned an object of type Pool, expected numbers; "
        "it is neither",
        "a hidden case: a result of the wrong kind",
    ),
    (
        {"outcome": "unsupported", "type": "ndarray", "dtype": "complex128"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2) returned an array of complex128, expected numbers; "
        "return its real part, y.real",
        "a hidden case: a wrong dtype",
    ),
    (
        {"outcome": "unsupported", "type": "ndarray", "dtype": "object"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2) returned an array of object, expected numbers; "
        "are its rows of different lengths?",
        "a hidden case: a wrong dtype",
    ),
    (
        {**returned(ANSWER.value.astype(np.float32)), "dtype": "bfloat16"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2): the result is bfloat16, which keeps 2 digits; "
        "expected float32 or float64",
        "a hidden case: a wrong dtype",
    ),
    (
        {**returned(None), "stdout": ""},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2): got None, expected an array of shape (2, 2); "
        "is there a return?",
        "a hidden case: a result of the wrong kind",
    ),
    (
        {**returned(None), "stdout": "[[2. 4.] [6. 8.]]"},
        VerdictKind.FAILED,
        "slide 1: pool(x, strides=2): got None, expected an array of shape (2, 2); "
        "it prints something, but returns nothing",
        "a hidden case: a result of the wrong kind",
    ),
    (
        raised("IndexError", "index 2 is out of bounds", "y[i] = x[i + 1]"),
        VerdictKind.ERROR,
        "slide 1: pool(x, strides=2): raised IndexError: index 2 is out of bounds, "
        "in the line: y[i] = x[i + 1]; with x = [[1, 2], [3, 4]]",
        "a hidden case: it raised IndexError",
    ),
    (
        raised("ModuleNotFoundError", "No module named 'scipy.signal'"),
        VerdictKind.ERROR,
        "slide 1: pool(x, strides=2): scipy is not available in this assignment",
        "a hidden case: it raised ModuleNotFoundError",
    ),
    (
        raised("SyntaxError", "'(' was never closed (<ipython-input-4-c38f>, line 5)", "y = f("),
        VerdictKind.ERROR,
        "slide 1: pool(x, strides=2): raised SyntaxError: '(' was never closed (line 5), "
        "in the line: y = f(",
        "a hidden case: it raised SyntaxError",
    ),
    (
        raised("Inputs_1_2_3_4", "[[1 2] [3 4]]"),
        VerdictKind.ERROR,
        "slide 1: pool(x, strides=2): raised Inputs_1_2_3_4: [[1 2] [3 4]]; "
        "with x = [[1, 2], [3, 4]]",
        "a hidden case: it raised an exception",
    ),
    (
        raised("MemoryError"),
        VerdictKind.OUT_OF_MEMORY,
        "slide 1: pool(x, strides=2): raised MemoryError",
        "a hidden case: it raised MemoryError",
    ),
    (
        raised("NotImplementedError"),
        VerdictKind.NOT_ATTEMPTED,
        "pool is not written yet",
        "pool is not written yet",
    ),
    (
        {"outcome": "missing"},
        VerdictKind.NOT_ATTEMPTED,
        "pool is not defined; run its cell and mend its errors",
        "pool is not defined; run its cell and mend its errors",
    ),
    (
        {"outcome": "of wrong kind", "type": "int"},
        VerdictKind.ERROR,
        "slide 1: pool is int, expected a function",
        "a hidden case: no longer a function",
    ),
]


@pytest.mark.parametrize(("answer", "kind", "public", "hidden"), FINDINGS)
def test_a_finding_tells_all_of_a_public_case_and_little_of_a_hidden_one(
    answer, kind, public, hidden
):
    told = judge(trial(PUBLIC), answer)
    kept = judge(trial(HIDDEN), answer)
    assert (told.kind, told.message) == (kind, public)
    assert (kept.kind, kept.message) == (kind, hidden)
    assert kept.difference is None


FORGED = [
    None,
    [],
    "passed",
    {},
    {"outcome": "passed"},
    {"outcome": ["returned"]},
    {"outcome": "raised"},
    {"outcome": "raised", "error": {"type": 1, "message": [], "line": None}},
    {"outcome": "raised", "error": {"type": [], "message": "no"}},
    {"outcome": "returned"},
    {"outcome": "returned", "value": {"score": 100}},
    {"outcome": "unsupported"},
    {"outcome": "of wrong kind"},
]


@pytest.mark.parametrize("answer", FORGED, ids=repr)
def test_a_forged_answer_earns_nothing_and_breaks_nothing(answer):
    verdict = examine(question(trial(PUBLIC)), lambda _: answer)
    assert verdict.kind is not VerdictKind.PASSED
    assert verdict.score == 0


def test_an_error_that_is_asked_for_is_right_and_a_result_is_not():
    asked = trial(PUBLIC, Expected(raises="strides must be 1"))
    assert judge(asked, raised("ValueError", "no")) is None
    assert judge(asked, raised("TypeError", "no")).kind is VerdictKind.ERROR
    assert "expected ValueError: strides must be 1" in judge(asked, returned(X)).message
    other = judge(asked, raised("IndexError", "no"))
    assert other.message.endswith("raised IndexError: no; expected ValueError: strides must be 1")


@pytest.mark.parametrize("layout", ["", "read-only", "strided"])
def test_a_read_only_array_that_is_written_to_is_no_error_that_was_asked_for(layout):
    case = replace(PUBLIC, layout=layout)
    finding = judge(
        trial(case, Expected(raises="strides must be 1")),
        raised("ValueError", "assignment destination is read-only", "x[0] = 0"),
    )
    told = "writes to its input, in the line: x[0] = 0; work on a copy"
    assert (told in finding.message) == (layout == "read-only")


def test_examining_stops_at_the_first_wrong_answer_which_it_asks_for_twice():
    asked = []
    answers = [returned(ANSWER.value), returned(X), returned(X + 1e-6)]

    def put(request):
        asked.append(request)
        return answers[len(asked) - 1]

    verdict = examine(question(*[trial(PUBLIC)] * 3), put)
    assert [request.get("again", False) for request in asked] == [False, False, True]
    assert asked[0]["do"] == "call"
    assert asked[0]["kind"] == "function"
    assert (verdict.kind, verdict.score, verdict.max_score) == (VerdictKind.FAILED, 0, 10)
    assert verdict.hint == "mind the strides"
    np.testing.assert_array_equal(verdict.difference.observed, X)


def test_all_answers_right_earn_the_points():
    verdict = examine(question(trial(PUBLIC)), lambda _: returned(ANSWER.value))
    assert (verdict.kind, verdict.score) == (VerdictKind.PASSED, 10)


@pytest.mark.parametrize(
    ("case", "message"),
    [
        (PUBLIC, "slide 1: pool exited with status 7 instead of an answer"),
        (HIDDEN, "a hidden case: crashed"),
    ],
)
def test_a_lost_child_is_a_finding_and_its_status_tells_nothing_of_a_hidden_case(case, message):
    def put(_):
        raise Lost(VerdictKind.CRASHED, "exited with status 7 instead of an answer")

    verdict = examine(question(trial(case)), put)
    assert (verdict.kind, verdict.message) == (VerdictKind.CRASHED, message)


def test_an_answer_that_changes_is_not_deterministic():
    answers = iter([returned(X), returned(X + 1)])
    verdict = examine(question(trial(PUBLIC)), lambda _: next(answers))
    assert verdict.kind is VerdictKind.FAILED
    assert "pool is not deterministic: called twice with the same inputs" in verdict.message


def test_where_the_second_call_never_ends_the_first_answer_stands():
    def put(request):
        if request.get("again"):
            raise Lost(VerdictKind.TIMEOUT, "did not finish within 5 s")
        return returned(X)

    verdict = examine(question(trial(PUBLIC)), put)
    assert verdict.kind is VerdictKind.FAILED
    assert "elements are wrong" in verdict.message
