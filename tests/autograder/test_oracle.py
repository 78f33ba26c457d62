"""A stand-in's questions come from strangers: what is answered is right, bounded and plain."""

import time

import numpy as np
import pytest

from autograder import oracle as oracles
from autograder.asking import ask
from autograder.checks import Case, Check, Limits
from autograder.isolation import Isolation
from autograder.oracle import Oracle
from autograder.results import Lost, VerdictKind
from autograder.sandbox import start

X = np.arange(6, dtype=np.float32).reshape(2, 3)


def pad(x, amount):
    if amount < 0:
        raise ValueError("amount is negative")
    return np.pad(x, amount)


PAD = ask(Check("pad", 10, pad, [Case("one", {"x": X, "amount": 1})]), "01")
PAIR = ask(Check("pair", 10, lambda x: (x.max(), x.shape, x > 1, 3), [Case("one", {"x": X})]), "01")
SUM = ask(Check("sum", 10, lambda x: float(x.sum()), [Case("one", {"x": X})]), "01")


@pytest.fixture
def answers():
    """An oracle in the middle of a call."""
    oracle = Oracle({"pad": PAD, "pair": PAIR}, SUM)
    oracle.begin(5.0)
    return oracle


def asking(name, *args):
    return {"ask": name, "args": list(args)}


@pytest.mark.parametrize(
    ("x", "dtype"),
    [
        (X, np.float32),
        (X.astype(np.float64), np.float64),
        (X.astype(np.float16), np.float32),
        (X.astype(int), np.int64),
    ],
)
def test_the_reference_answers_in_the_dtype_that_it_is_asked_in(answers, x, dtype):
    value = answers(asking("pad", x, 2))["value"]
    assert value.dtype == dtype
    np.testing.assert_array_equal(value, np.pad(X, 2))


def test_answers_of_several_values_cross_as_they_are(answers):
    largest, shape, above, three = answers(asking("pair", X))["value"]
    assert (largest.dtype, largest.item(), shape, three) == (np.float32, 5, (2, 3), 3)
    np.testing.assert_array_equal(above, X > 1)


def test_numpys_numbers_are_numbers(answers):
    assert answers(asking("pad", X, np.array(1)))["value"].shape == (4, 5)


NO_QUESTIONS = [
    None,
    3,
    [],
    {},
    {"ask": "pad"},
    {"outcome": "returned", "value": 3},
    {"ask": "pad", "args": [X, 1], "outcome": "returned"},
]


@pytest.mark.parametrize("message", NO_QUESTIONS, ids=repr)
def test_what_is_no_question_is_an_answer(answers, message):
    assert answers(message) is None


REFUSED = [
    (asking("pad", X, -1), "ValueError", "amount is negative"),
    (asking("pad", X), "TypeError", "missing 1 required positional argument"),
    (asking("pad", "x", None), "TypeError", "TypeError: "),
    (asking("sum", X), "RuntimeError", "there is no stand-in of that name"),
    (asking(["pad"], X), "RuntimeError", "there is no stand-in of that name"),
    ({"ask": "pad", "args": {"x": X}}, "RuntimeError", "not called with arguments"),
    (asking("pad", {"x": X}, 1), "RuntimeError", "a stand-in takes arrays"),
    (asking("pad", [[{"x": X}]], 1), "RuntimeError", "a stand-in takes arrays"),
    (asking("pad", np.zeros((300, 300)), 1), "RuntimeError", "far more than any case"),
    (asking("pad", X, 10**9), "RuntimeError", "far more than any case"),
    (asking("pad", X, [[10**9] * 2] * 2), "RuntimeError", "far more than any case"),
    (asking("pad", X, np.array([10**9, 1])), "RuntimeError", "far more than any case"),
    (asking("pad", X, np.array(10**9)), "RuntimeError", "far more than any case"),
    (asking("pad", np.zeros((64, 64)), 10**4), "RuntimeError", "far more than any case"),
    (asking("pad", *[np.zeros((64, 64))] * 3), "RuntimeError", "far more than any case"),
]


@pytest.mark.parametrize(("message", "name", "line"), REFUSED, ids=[line for *_, line in REFUSED])
def test_what_is_refused_is_raised_where_it_was_asked(answers, message, name, line):
    reply = answers(message)
    assert reply["raises"] == name
    assert line in reply["message"]
    assert "\n" not in reply["message"]


def test_a_call_may_ask_so_often_for_so_much_and_for_so_long(answers, monkeypatch):
    monkeypatch.setattr(oracles, "MOST_ASKS", 3)
    answers.begin(5.0)
    replies = [answers(asking("pad", X, 1)) for _ in range(4)]
    assert ["value" in reply for reply in replies] == [True, True, True, False]
    assert "more than 3 times in one call" in replies[3]["message"]
    monkeypatch.setattr(oracles, "MOST_BYTES", 300)
    answers.begin(5.0)
    replies = [answers(asking("pad", X, 1)) for _ in range(3)]
    assert ["value" in reply for reply in replies] == [True, True, False]
    answers.begin(0.0)
    replies = [answers(asking("pad", X, 1)) for _ in range(2)]
    assert ["value" in reply for reply in replies] == [True, False]
    assert "computed for too long" in replies[1]["message"]


def test_what_is_asked_for_does_not_change_the_question():
    before = X.copy()
    writing = ask(Check("pair", 10, lambda x: x.fill(0), [Case("one", {"x": X.copy()})]), "01")
    oracle = Oracle({"pair": writing}, SUM)
    oracle.begin(5.0)
    oracle(asking("pair", X))
    np.testing.assert_array_equal(X, before)


@pytest.fixture(scope="module")
def child():
    """Starts children that run some code before they are asked."""
    with start(["numpy"], Isolation.TRUSTED) as parent:

        def child(source):
            started = parent.child(Limits())
            assert started.ask({"do": "cell", "source": source}, 20)["error"] is None
            return started

        yield child


CALL = {"do": "call", "kind": "function", "name": "f", "args": []}
WITH = CALL | {"stand_ins": {"pad": ["x", "amount"]}}


def test_a_call_that_asks_is_answered_in_the_end(child, answers):
    source = "import numpy as np\ndef f():\n    return [pad(np.ones((1, 1)), 1) for _ in range(3)]"
    with child(source) as one:
        values = one.ask(WITH, 5, answers)["value"]
    assert [value.sum() for value in values] == [1, 1, 1]


def test_where_nothing_stands_in_a_question_is_a_broken_answer(child):
    forged = (
        "import socket\nfrom autograder.worker import frames\ndef f():\n"
        "    import gc\n    (line,) = [o for o in gc.get_objects() if type(o) is socket.socket]\n"
        "    frames.send(line, {'ask': 'pad', 'args': [1]})\n"
    )
    with child(forged) as one:
        assert one.ask(CALL, 5) == {"ask": "pad", "args": [1]}


def test_the_judges_time_is_not_the_childs(child):
    def slow(message):
        if "ask" in message:
            time.sleep(3.0)
            return {"value": 3}
        return None

    with child("def f():\n    return pad(0, 0)") as one:
        assert one.ask(WITH, 0.5, slow)["value"] == 3


def test_who_asks_for_ever_runs_out_of_time(child, answers):
    source = "def f():\n    while True:\n        try: pad(10**9, 1)\n        except Exception: pass"
    with child(source) as one, pytest.raises(Lost) as lost:
        one.ask(WITH, 0.5, answers)
    assert lost.value.kind is VerdictKind.TIMEOUT


def test_whoever_writes_out_of_turn_is_lost(child, answers):
    forged = (
        "import gc, socket\nfrom autograder.protocol import encode\ndef f():\n"
        "    (line,) = [o for o in gc.get_objects() if type(o) is socket.socket]\n"
        "    line.sendall(3 * encode({'ask': 'pad', 'args': [1, 1]}))\n"
    )
    with child(forged) as one, pytest.raises(Lost) as lost:
        one.ask(WITH, 2, answers)
    assert lost.value.kind is VerdictKind.CRASHED
