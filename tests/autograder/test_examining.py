"""A check of several parts: each is earned on its own, and each is told of."""

import numpy as np
import pytest

from autograder.checks import Case
from autograder.examining import examine
from autograder.questions import Question, Trial
from autograder.results import Lost, VerdictKind
from autograder.tolerance import Expected

PARTS = {"weights": 1, "forward": 2, "config": 4}
X = np.ones((2, 3), np.float32)
RIGHT = Expected(2.0 * X)
SHAPES = Expected({"scale": ((3,), True)})


def question(*cases):
    expected = {"weights": SHAPES, "forward": RIGHT, "config": RIGHT}
    trials = [Trial(case, expected) for case in cases]
    return Question(
        "scale", PARTS, "Scale", tuple(trials), "look again", kind="layer", weights=("scale",)
    )


def case(name="slide 1", public=True):
    return Case(name, {"x": X, "scale": np.ones(3, np.float32), "factor": 2}, public=public)


def returned(value):
    return {"outcome": "returned", "value": value}


def observed(request, **parts):
    """A right answer, but for some parts."""
    right = {
        "weights": returned(SHAPES.value),
        "forward": returned(2 * X),
        "config": returned(2 * X),
    }
    answers = right | parts
    return {"outcome": "observed", "parts": {part: answers[part] for part in request["parts"]}}


def test_parts_add_up_and_each_is_told_of():
    verdict = examine(question(case()), lambda asked: observed(asked, forward=returned(X)))
    assert (verdict.kind, verdict.score, verdict.max_score) == (VerdictKind.PARTIAL, 5, 7)
    assert [(part.name, part.score, part.max_score) for part in verdict.parts] == [
        ("weights", 1, 1),
        ("forward", 0, 2),
        ("config", 4, 4),
    ]
    assert verdict.message.splitlines()[0] == "earned: weights (1), config (4)"
    assert verdict.message.splitlines()[1].startswith("forward (2): slide 1: Scale(factor=2) on x")
    assert verdict.hint == "look again"
    assert verdict.as_json()["parts"][1]["verdict"] == "failed"


def test_a_hint_is_about_numbers_and_not_about_a_configuration():
    verdict = examine(question(case()), lambda asked: observed(asked, config=returned(X)))
    assert (verdict.kind, verdict.hint) == (VerdictKind.PARTIAL, "")


def test_what_is_wrong_with_all_parts_is_told_once():
    verdict = examine(question(case(), case("slide 2")), lambda _: {"outcome": "missing"})
    assert verdict.message == "Scale is not defined; run its cell and mend its errors"
    assert [part.kind for part in verdict.parts] == [VerdictKind.NOT_ATTEMPTED] * 3


def test_a_part_that_is_lost_is_not_asked_again():
    asked = []

    def put(request):
        asked.append(request["parts"])
        return observed(request, forward=returned(X))

    examine(question(case(), case("slide 2")), put)
    handed_over = [["config"], ["config"]]
    assert asked == [*handed_over, ["weights", "forward"], ["forward"], *handed_over, ["weights"]]


def test_what_kills_in_one_part_costs_that_part():
    def put(request):
        if "config" in request["parts"]:
            raise Lost(VerdictKind.CRASHED, "exited with status 3")
        return observed(request)

    verdict = examine(question(case()), put)
    assert [part.score for part in verdict.parts] == [1, 2, 0]
    assert "config (4): slide 1: Scale exited with status 3" in verdict.message


def test_a_stub_with_weights_is_right_in_part():
    error = {"outcome": "raised", "error": {"type": "NotImplementedError"}}
    verdict = examine(question(case()), lambda a: observed(a, forward=error, config=error))
    assert (verdict.kind, verdict.score) == (VerdictKind.PARTIAL, 1)


def test_a_part_that_changes_from_call_to_call_is_not_deterministic():
    numbers = iter(range(9))
    verdict = examine(
        question(case()), lambda asked: observed(asked, forward=returned(X + next(numbers)))
    )
    assert [part.score for part in verdict.parts] == [1, 0, 4]
    assert "forward (2): slide 1: Scale is not deterministic" in verdict.message


@pytest.mark.parametrize(
    "answer",
    [
        None,
        {"outcome": "observed"},
        {"outcome": "observed", "parts": [1, 2, 3]},
        {"outcome": "observed", "parts": {"forward": 3}},
        {"outcome": "observed", "parts": {"weights": returned({"scale": "all"})}},
        {"outcome": "returned", "value": 2 * X},
    ],
    ids=repr,
)
def test_a_forged_answer_earns_nothing_and_breaks_nothing(answer):
    assert examine(question(case(), case("h", public=False)), lambda _: answer).score == 0
