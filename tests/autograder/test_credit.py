"""A function that earns by case, and what is forbidden, which earns nothing."""

import numpy as np
import pytest

from autograder.asking import ask
from autograder.checks import Case, Check
from autograder.examining import examine
from autograder.results import Lost, VerdictKind

PUBLIC = [Case(f"slide {n}", {"x": n}) for n in range(1, 4)]
SHARED = Check("double", 10, lambda x: 2 * x, PUBLIC, credit="share", hint="add it to itself")
DRAWN = Check(
    "double", 10, lambda x: 2 * x, PUBLIC, lambda d: {"x": d.integer(4, 10**6)}, credit="share"
)


def returned(value):
    return {"outcome": "returned", "value": value}


def answering(answer):
    """A submission that gives this answer to x."""
    return lambda request: returned(answer(request["args"][0]))


SHARES = [
    (lambda x: 2 * x, VerdictKind.PASSED, 10, ""),
    (
        lambda x: x * x,
        VerdictKind.PARTIAL,
        3.33,
        "1 of 3 cases is right; of the others: slide 1: double(x=1): got 1, expected 2",
    ),
    (
        lambda x: 2 * x + (x == 3),
        VerdictKind.PARTIAL,
        6.67,
        "2 of 3 cases are right; of the others: slide 3: double(x=3): got 7, expected 6",
    ),
    (lambda x: -x, VerdictKind.FAILED, 0, "slide 1: double(x=1): got -1, expected 2"),
]


@pytest.mark.parametrize(("answer", "kind", "score", "message"), SHARES)
def test_each_right_case_earns_its_share(answer, kind, score, message):
    verdict = examine(ask(SHARED, "01"), answering(answer))
    assert (verdict.kind, verdict.score, verdict.max_score) == (kind, score, 10)
    assert verdict.message.startswith(message)
    assert verdict.hint == ("" if verdict.passed else "add it to itself")
    assert verdict.parts == ()


def test_hidden_cases_count_like_public_ones_and_keep_their_values():
    verdict = examine(ask(DRAWN, "01", b"secret"), answering(lambda x: 2 * x if x < 4 else 0))
    assert (verdict.kind, verdict.score) == (VerdictKind.PARTIAL, round(10 * 3 / 9, 2))


def test_where_a_hidden_case_is_the_first_wrong_one_no_value_is_told():
    question = ask(DRAWN, "01", b"secret")
    first = next(t.case.inputs["x"] for t in question.trials if not t.case.public)
    verdict = examine(question, answering(lambda x: 2 * x + (x == first)))
    assert verdict.message == (
        "8 of 9 cases are right; of the others: a hidden case: a wrong number"
    )


def test_without_the_secret_the_share_is_that_of_the_public_cases():
    verdict = examine(ask(DRAWN, "01"), answering(lambda x: 2 * x if x < 4 else 0))
    assert verdict.score == 6


def test_a_stub_is_not_attempted():
    error = {"outcome": "raised", "error": {"type": "NotImplementedError"}}
    verdict = examine(ask(SHARED, "01"), lambda _: error)
    assert (verdict.kind, verdict.score) == (VerdictKind.NOT_ATTEMPTED, 0)


def test_what_hangs_in_some_cases_earns_the_others_and_is_not_asked_for_ever():
    asked = []

    def put(request):
        asked.append(request["args"][0])
        if asked[-1] > 2:
            raise Lost(VerdictKind.TIMEOUT, "did not finish within 1 s of computing")
        return returned(2 * asked[-1])

    verdict = examine(ask(DRAWN, "01", b"secret"), put)
    assert len(asked) == 5
    assert (verdict.kind, verdict.score) == (VerdictKind.PARTIAL, round(10 * 2 / 9, 2))
    assert "slide 3: double did not finish" in verdict.message


FORBIDDEN = Check("double", 10, lambda x: 2 * x, PUBLIC, forbidden=["numpy.add", "scipy"])
SCALE = Check(
    "Scale",
    {"weights": 4, "forward": 6},
    lambda x, scale: x * scale,
    [Case("slide 1", {"x": np.ones((1, 2), np.float32), "scale": np.ones(2, np.float32)})],
    multilinear=["x", "scale"],
    kind="layer",
    weights=["scale"],
    forbidden=["keras.ops.multiply"],
)


def reporting(name, line="y = f(x)"):
    """A right answer with a report of what it called."""

    def put(request):
        report = {"name": name, "line": line}
        if request["kind"] == "function":
            return {**returned(2 * request["args"][0]), "forbidden": report}
        parts = dict.fromkeys(request["parts"], returned({}))
        return {"outcome": "observed", "parts": parts, "forbidden": report}

    return put


@pytest.mark.parametrize("name", ["numpy.add", "scipy", "scipy.signal.convolve"])
@pytest.mark.parametrize("credit", ["all", "share"])
def test_what_is_forbidden_earns_nothing_and_is_named_with_its_line(name, credit):
    check = Check(**{**vars(FORBIDDEN), "credit": credit})
    verdict = examine(ask(check, "01"), reporting(name))
    assert (verdict.kind, verdict.score) == (VerdictKind.FORBIDDEN, 0)
    assert verdict.message == f"double calls {name}, in the line: y = f(x); write it yourself"
    assert verdict.hint == ""


def test_it_costs_every_part():
    verdict = examine(ask(SCALE, "01"), reporting("keras.ops.multiply", ""))
    assert (verdict.kind, verdict.score) == (VerdictKind.FORBIDDEN, 0)
    assert verdict.message == "Scale calls keras.ops.multiply; write it yourself"
    assert {part.kind for part in verdict.parts} == {VerdictKind.FORBIDDEN}


def test_of_a_hidden_case_the_authors_words_alone_are_told():
    check = Check("double", 10, lambda x: 2 * x, draw=DRAWN.draw, public=0, forbidden=["scipy"])
    verdict = examine(ask(check, "01", b"secret"), reporting("scipy.x7y8", "x is 7"))
    assert verdict.message == "double calls scipy; write it yourself"


@pytest.mark.parametrize("report", [None, 3, [], {}, {"name": 3}, {"name": "numpy"}, {"name": ""}])
def test_a_forged_report_changes_nothing(report):
    def put(request):
        return {**returned(2 * request["args"][0]), "forbidden": report}

    assert examine(ask(FORBIDDEN, "01"), put).passed


def test_only_a_check_that_forbids_something_asks_for_a_report():
    asked = []

    def put(request):
        asked.append(request.get("forbidden"))
        return returned(2 * request["args"][0])

    examine(ask(FORBIDDEN, "01"), put)
    examine(ask(SHARED, "01"), put)
    assert asked == [["numpy.add", "scipy"]] * 3 + [None] * 3
