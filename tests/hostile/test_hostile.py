"""Every submission in this folder is kept in, told the truth, and forgotten."""

import re

import pytest

from autograder.feedback import write_student
from autograder.nbgrader import write_autograded
from autograder.receipts import write_receipt
from tests.hostile.driver.attacks import attacks
from tests.hostile.driver.course import NETWORKS, NUMBERS, hidden_numbers
from tests.hostile.driver.world import CANARY

ATTACKS = attacks()


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 45
    assert {kind for attack in ATTACKS for kind in attack.kinds} == {
        "function",
        "layer",
        "model",
        "trained",
    }


@pytest.mark.parametrize("assignment", [NUMBERS, NETWORKS], ids=lambda one: one.name)
def test_a_good_submission_earns_all_points(stages, assignment):
    verdicts, *_ = stages(assignment).baseline
    assert [(one.kind, one.message) for one in verdicts] == [("passed", "")] * len(verdicts)


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.name)
def test_it_is_kept_in_and_leaves_nothing(attack, stages, tier, witness):
    stage = stages(attack.assignment)
    before = witness.look()
    graded, answers = hand_in(attack, stage)
    told = written(stage, graded)
    assert_judged(attack, tier, graded)
    assert stage.world.complaints() == []
    seen = [*answers, *told]
    assert not any(CANARY.encode() in data for data in seen)
    hidden = hidden_numbers(stage.exam(attack.kinds))
    assert not [number for data in told for number in hidden if number.encode() in data]
    after = witness.look()
    for what, found in before.items():
        assert after[what] == found, what
    assert stage.good() == stage.baseline


def hand_in(attack, stage):
    """Grade it, as one of a class."""
    source = attack.hand_in(stage.place(), stage.world.known)
    return stage.grade(source, attack.kinds)


def written(stage, graded):
    """All that its students get to see, file by file; nothing is written elsewhere."""
    folder = stage.place()
    out = folder / "out"
    release = stage.exam().release
    for one in graded:
        write_autograded(out, release, one.result, one.notebook, one.outputs)
        write_student(out, one.result)
        write_receipt(out, one.result)
    assert list(folder.iterdir()) == [out]
    return [path.read_bytes() for path in out.rglob("*") if path.is_file()]


def assert_judged(attack, tier, graded):
    """Verdicts and output are as its header says, and nothing that it tried has worked."""
    (one,) = (one for one in graded if "eve" in one.result.student)
    assert all(other.result.score == other.result.max_score for other in graded if other != one)
    printed = "".join(str(output.get("stdout", "")) for output in one.outputs.values())
    assert "BREACH" not in printed, printed
    verdicts = {verdict.check: verdict for verdict in one.result.verdicts}
    for wanted in attack.wanted(tier):
        verdict = verdicts.pop(wanted.check)
        told = "; ".join([verdict.message, *(part.message for part in verdict.parts)])
        assert verdict.kind == wanted.kind, f"{verdict.kind}: {told}\n{printed}"
        matches(wanted.message, told)
    assert verdicts == {}
    for words in attack.said(tier):
        matches(words, printed)


def matches(pattern, text):
    assert re.search(pattern, text), text
