"""Whatever is handed in or answered, the judge goes on, and points are earned by what is right.

A short run; `python benchmarks/fuzzing.py` makes as many inputs as one likes.
"""

import pytest

from autograder.protocol import encode
from tests.fuzzing import targets
from tests.fuzzing.judging import assert_credit, judge

KINDS = {"01_convolution": ("conv1d", "output_size"), "06_lenet": ("Standardize", "build_lenet")}


@pytest.mark.parametrize("name", KINDS)
def test_any_notebook_is_read_or_refused_and_nothing_of_it_is_lost(name, folder, tried):
    tried(targets.notebook_target(name, targets.CELLS, folder), 150)


def test_any_archive_is_read_or_refused(folder, tried):
    tried(targets.archive_target(folder), 150)


@pytest.mark.slow
@pytest.mark.parametrize("name", KINDS)
def test_any_answer_is_judged_and_earns_what_it_should(name, folder, strongest, tried):
    tried(targets.message_target(name, folder, strongest, *KINDS[name]), 150)


@pytest.mark.slow
def test_any_output_is_shown_or_left_out(strongest, tried):
    tried(targets.output_target("01_convolution", strongest, *KINDS["01_convolution"]), 100)


@pytest.mark.slow
def test_any_question_of_a_stand_in_is_answered_or_refused(strongest, tried):
    tried(targets.question_target("01_convolution", strongest, *KINDS["01_convolution"]), 100)


@pytest.mark.slow
def test_the_oracle_sees_credit_for_a_wrong_answer(folder, strongest):
    recording = targets.recorded("01_convolution", strongest, *KINDS["01_convolution"])
    right = next(one for one in recording.answers if one.right)
    verdict = judge(right, encode(right.value), folder)
    assert verdict.passed
    wrong = {**right.value, "value": right.value["value"] + 1}
    with pytest.raises(AssertionError, match="earned"):
        assert_credit(right, verdict, wrong)
