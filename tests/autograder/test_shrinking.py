"""A wrong function's mistake is told on the smallest input that the author's generator can draw."""

import random
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from subprocess import run

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import Case, Check
from autograder.asking import ask
from autograder.examining import examine
from autograder.results import Lost, VerdictKind
from autograder.shrinking import CALLS, NAME, Choices, shrink
from autograder.worker.calls import CALLS as WORKER


def windows(x, kernel, strides):
    """The loops of a correlation."""
    (kh, kw), (sh, sw) = kernel.shape, strides
    rows, columns = (x.shape[0] - kh) // sh + 1, (x.shape[1] - kw) // sw + 1
    return np.array(
        [
            [(x[sh * i :, sw * j :][:kh, :kw] * kernel).sum() for j in range(columns)]
            for i in range(rows)
        ]
    )


def draw(d):
    kernel_size = d.integer(1, 3), d.integer(1, 3)
    shape = [k + d.integer(0, 6) for k in kernel_size]
    strides = (d.choice((1, 2, 3)), d.choice((1, 2, 3)))
    return {"x": d.array(*shape), "kernel": d.array(*kernel_size), "strides": strides}


CHECK = Check(
    "windows",
    10,
    windows,
    [Case("a slide", {"x": np.ones((9, 9)), "kernel": np.ones((3, 3)), "strides": (3, 2)})],
    draw,
    multilinear=("x", "kernel"),
    hidden=2,
)


def putting(answer, check=CHECK, seen=None):
    """Calls a function in this process, as the worker does; `seen` gets what it is called with."""

    def put(request):
        if seen is not None:
            seen.append(request["args"])
        return WORKER[request["kind"]](request, {check.defines: answer})

    return put


def shrunk(answer, check=CHECK, secret=b"secret"):
    return examine(ask(check, "01", secret), putting(answer, check), [shrink])


def wrong_if(condition):
    def answer(x, kernel, strides):
        return windows(x, kernel, strides) + condition(x, kernel, strides)

    return answer


MINIMAL = [
    ("width 3 or more", lambda x, *_: x.shape[1] >= 3, lambda i: i["x"].shape == (1, 3)),
    (
        "strides that differ",
        lambda *inputs: inputs[-1][0] != inputs[-1][1],
        lambda i: sorted(i["strides"]) == [1, 2] and i["x"].size == 1,
    ),
    (
        "a kernel of two rows or more",
        lambda *inputs: inputs[1].shape[0] > 1,
        lambda i: i["x"].shape == i["kernel"].shape == (2, 1),
    ),
    (
        "a negative element",
        lambda x, *_: x.min() < 0,
        lambda i: i["x"].tolist() == [[-1]] and i["kernel"].size == 1,
    ),
    ("always", lambda *_: True, lambda i: i["x"].tolist() == i["kernel"].tolist() == [[0]]),
]


@pytest.mark.parametrize(
    ("condition", "minimal"), [row[1:] for row in MINIMAL], ids=[row[0] for row in MINIMAL]
)
def test_the_smallest_input_that_shows_a_mistake_is_found(condition, minimal):
    verdict = shrunk(wrong_if(condition))
    assert verdict.message.startswith(f"{NAME}: windows(x, kernel, strides=(")
    assert minimal(verdict.difference.inputs), verdict.difference.inputs


def test_it_is_shown_with_both_values():
    verdict = shrunk(wrong_if(lambda *_: True))
    assert (verdict.difference.observed, verdict.difference.expected) == ([[1]], [[0]])
    assert "element [0, 0] is 1, expected 0" in verdict.message


@settings(max_examples=15, deadline=None)
@given(st.integers(1, 9), st.integers(1, 9), st.integers(0, 4))
def test_what_is_told_is_wrong_and_smaller_than_the_public_case(height, width, largest):
    answer = wrong_if(
        lambda x, *_: x.shape[0] >= height and x.shape[1] >= width and abs(x).max() >= largest
    )
    question = ask(CHECK, "01")
    before = examine(question, putting(answer))
    after = examine(question, putting(answer), [shrink])
    assert (after.kind, after.score) == (before.kind, before.score)
    if after.message != before.message:
        inputs = after.difference.inputs
        assert Case("", inputs).size < Case("", before.difference.inputs).size
        assert not np.array_equal(answer(**inputs), windows(**inputs))


def test_equal_submissions_are_told_the_same_whatever_else_runs():
    answer = wrong_if(lambda x, *_: abs(x).sum() > 7 and x.shape[1] > 2)
    alone = shrunk(answer)
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda _: shrunk(answer), range(4)))
    assert alone.message.startswith(NAME)
    assert {verdict.message for verdict in together} == {alone.message}
    assert {str(verdict.difference.inputs) for verdict in together} == {
        str(alone.difference.inputs)
    }


def test_the_secret_tells_nothing_of_it():
    answer = wrong_if(lambda x, *_: x.size > 5)
    told = {str(shrunk(answer, secret=secret).difference) for secret in (None, b"a", b"b")}
    assert len(told) == 1


def test_a_mistake_in_hidden_cases_alone_stays_hidden():
    seen = []
    question = ask(CHECK, "01", b"secret")
    public = [str(trial.case.inputs["x"]) for trial in question.trials if trial.case.public]
    answer = wrong_if(lambda x, *_: str(x) not in public)
    verdict = examine(question, putting(answer, seen=seen), [shrink])
    assert verdict.message.startswith("a hidden case: ")
    assert verdict.difference is None
    assert len(seen) == len(question.trials) + 1 - 1  # the first hidden one is asked twice


def test_it_is_called_no_more_often_than_it_may_be():
    seen = []
    answer = wrong_if(lambda x, *_: 5 * abs(x).sum() > x.size)
    examine(ask(CHECK, "01"), putting(answer, seen=seen), [shrink])
    assert len(seen) <= CALLS + len(ask(CHECK, "01").trials) + 2


def test_where_time_runs_out_nothing_is_told_of_it(monkeypatch):
    monkeypatch.setattr("autograder.shrinking.SECONDS", 0)
    assert shrunk(wrong_if(lambda *_: True)).message.startswith("random case")


def test_a_generator_that_draws_for_long_is_asked_no_more(monkeypatch):
    monkeypatch.setattr("autograder.shrinking.SECONDS", 0)
    drawn = []

    def counted(d):
        drawn.append(d.integer(0, 99))
        raise OSError("nothing comes of it")

    question = replace(ask(CHECK, "01"), check=replace(CHECK, draw=counted))
    examine(question, putting(wrong_if(lambda *_: True)), [shrink])
    assert len(drawn) == 1


def test_where_the_process_is_lost_meanwhile_the_finding_stays():
    question = ask(CHECK, "01")
    plain = examine(question, putting(wrong_if(lambda *_: True)))
    for reason in (Lost(VerdictKind.CRASHED, "is gone"), OSError("our own failure")):
        calls = []

        def put(request, reason=reason, calls=calls):
            calls.append(request)
            if len(calls) == 5:
                raise reason
            return putting(wrong_if(lambda *_: True))(request)

        verdict = examine(question, put, [shrink])
        assert (verdict.message, verdict.score) == (plain.message, plain.score)
        assert verdict.difference.call == plain.difference.call
        assert len(calls) == 5


def test_what_raises_or_is_slow_elsewhere_is_another_matter():
    def answer(x, kernel, strides):
        if x.shape[1] < 4:
            raise OSError("too narrow")
        return windows(x, kernel, strides) + 1

    verdict = shrunk(answer)
    assert verdict.kind is VerdictKind.ERROR
    relaxed = replace(CHECK, examples=CHECK.examples, public=0)
    assert shrunk(answer, relaxed).difference.inputs["x"].shape == (1, 4)


def test_a_generator_and_a_reference_may_refuse_what_they_were_not_made_for():
    def fussy(x, kernel, strides):
        if x.shape[0] == 1:
            raise OSError("no row alone")
        return windows(x, kernel, strides)

    def picky(d):
        inputs = draw(d)
        if inputs["x"].shape[1] == 1:
            raise OSError("no column alone")
        return inputs

    check = replace(CHECK, reference=fussy, draw=picky, public=0, hidden=0)
    found = shrunk(wrong_if(lambda *_: True), check).difference.inputs
    assert found["x"].shape == (2, 2)


def test_what_changes_from_call_to_call_is_told_as_before():
    numbers = iter(range(10**6))
    verdict = shrunk(wrong_if(lambda *_: next(numbers)))
    assert "not deterministic" in verdict.message


def test_the_judges_random_state_stays_as_it_is():
    random.seed(1)
    np.random.seed(1)
    before = random.getstate(), str(np.random.get_state())
    shrunk(wrong_if(lambda *_: True))
    assert (random.getstate(), str(np.random.get_state())) == before


@given(st.data(), st.integers(-300, 300), st.integers(0, 400))
def test_choices_make_the_inputs_that_a_seed_could_make(data, low, width):
    made = Choices(lambda low, high, **_: data.draw(st.integers(low, high)))
    assert low <= made.integer(low, low + width) <= low + width
    assert sorted(made.permutation(width % 7)) == list(range(width % 7))
    array = made.array(2, 0, 3)
    assert (array.shape, array.dtype) == ((2, 0, 3), np.float32)
    reals = made.reals(2, low=0.25, high=0.25 + width)
    assert reals.dtype == np.float32
    assert np.all((reals >= 0.25) & (reals <= 0.25 + width))


def test_the_simplest_choices_are_small():
    made = Choices(
        lambda low, _, shrink_towards=None: low if shrink_towards is None else shrink_towards
    )
    ranges = [(-4, 4), (2, 9), (-9, -2), (-300, 300), (90, 300), (-300, -90)]
    assert [made.integer(*ends) for ends in ranges] == [0, 2, -2, 0, 90, -90]


def test_hypothesis_is_imported_for_a_wrong_answer_only():
    program = (
        "import sys, autograder.grade, autograder.notebook\nassert 'hypothesis' not in sys.modules"
    )
    run([sys.executable, "-c", program], check=True)
