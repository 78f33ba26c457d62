"""Every submission in this folder is kept in, told the truth, and forgotten."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from autograder.feedback import write_student
from autograder.isolation import Isolation
from autograder.kinds import KINDS
from autograder.nbgrader import write_autograded
from autograder.receipts import write_receipt
from autograder.results import VerdictKind
from tests.hostile.driver.attacks import attacks
from tests.hostile.driver.course import CHECKS, KIND_OF, NETWORKS, NUMBERS, hidden_numbers
from tests.hostile.driver.world import CANARY

ATTACKS = {attack.name: attack for attack in attacks()}
NEIGHBOURS = (
    "end_kill_others",
    "end_daemon",
    "escalate_limits",
    "flood_forks",
    "flood_memory_by_family",
    "flood_processor",
    "flood_scratch",
    "next_folders",
)
"""What somebody who is graded at the same time might notice most."""


def test_there_are_enough_of_them():
    assert len(ATTACKS) >= 45
    assert {kind for attack in ATTACKS.values() for kind in attack.kinds} == set(KINDS)


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_its_header_says_what_it_tries_and_what_is_wanted(attack):
    assert re.match(r"# [A-Z].+\.$", attack.header[0])
    for tier in Isolation:
        checks = [wanted.check for wanted in attack.wanted(tier)]
        assert checks == [CHECKS[kind].name for kind in attack.kinds]


@pytest.mark.slow
@pytest.mark.parametrize("assignment", [NUMBERS, NETWORKS], ids=lambda one: one.name)
def test_a_good_submission_earns_all_points(stages, assignment):
    verdicts, *_ = stages(assignment).baseline
    assert [(one.kind, one.message) for one in verdicts] == [("passed", "")] * len(verdicts)


@pytest.mark.slow
@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
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


@pytest.mark.slow
def test_neighbours_notice_nothing(stages):
    stage = stages(NUMBERS)
    handed_in = [ATTACKS[name].hand_in(stage.place(), stage.world.known) for name in NEIGHBOURS]
    with ThreadPoolExecutor(1) as thread:
        attacking = thread.submit(lambda: [stage.grade(source) for source in handed_in])
        while not attacking.done():
            assert stage.good() == stage.baseline
        assert len(attacking.result()) == len(NEIGHBOURS)
    assert stage.world.complaints() == []


@pytest.mark.parametrize("name", ["read_references", "read_other_processes", "network_local"])
def test_without_a_wall_it_would_have_got_through(name, staging):
    stage = staging(Isolation.TRUSTED, NUMBERS)
    (graded,), _ = hand_in(ATTACKS[name], stage)
    assert "BREACH" in printed(graded)
    for _ in NEIGHBOURS:  # what was reached is heard here, not in the next test
        stage.world.complaints()


def printed(graded):
    """What its cells have printed."""
    return "".join(str(output.get("stdout", "")) for output in graded.outputs.values())


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
    assert "BREACH" not in printed(one), printed(one)
    verdicts = {verdict.check: verdict for verdict in one.result.verdicts}
    for wanted in attack.wanted(tier):
        verdict = verdicts.pop(wanted.check)
        told = "; ".join([verdict.message, *(part.message for part in verdict.parts)])
        assert verdict.kind == wanted.kind, f"{verdict.kind}: {told}\n{printed(one)}"
        matches(wanted.message, told)
        assert_paid(verdict)
    assert verdicts == {}
    for words in attack.said(tier):
        matches(words, printed(one))


def assert_paid(verdict):
    """Points are what the check says, and earned by what is right."""
    full = CHECKS[KIND_OF[verdict.check]].max_score
    least = {VerdictKind.PASSED: full, VerdictKind.PARTIAL: 1}.get(verdict.kind, 0)
    most = {VerdictKind.PASSED: full, VerdictKind.PARTIAL: full - 1}.get(verdict.kind, 0)
    assert verdict.max_score == full
    assert least <= verdict.score <= most


def matches(pattern, text):
    assert re.search(pattern, text), text
