"""What an audit finds: what survives, what passes for something else, what fails though right."""

import re

import pytest

from autograder.authoring.audit import AuditError
from tests.autograder.authoring.audit.conftest import BEGUN, CHECKS, RIGHT, WRONG


def test_a_check_that_tells_all_answers_apart_is_sound(authored):
    authored.write("equivalent.toml", BEGUN)
    authored.draw_more()
    steps = []
    found = authored.audited(lambda done, total, _: steps.append((done, total)))
    assert found.sound
    assert found.mutants >= 20
    assert found.killed == found.mutants - 1
    assert (found.equivalent, found.misconceptions, found.right_answers) == (1, 1, 2)
    assert found.backends == ("numpy",)
    assert found.per_second > 0
    assert steps[-1][0] == steps[-1][1]


@pytest.mark.parametrize(
    ("numbers", "bias", "survivor"),
    [
        ([1, 2, 4, 8], 0, "- y[i] = x[i] + x[i + 1] + bias\n+ y[i] = x[i] + x[i + 1]"),
        ([3, 3, 3, 3], 16, "- y[i] = x[i] + x[i + 1] + bias\n+ y[i] = x[i] + x[i + 0] + bias"),
        ([1, 2], 16, "- for i in range(len(x) - 1):\n+ for i in range(1):"),
    ],
)
def test_what_tame_cases_do_not_tell_apart_survives(authored, numbers, bias, survivor):
    authored.write("checks.py", CHECKS.format(numbers=numbers, bias=bias))
    assert survivor in authored.audited().survivors


def test_what_survives_is_equivalent_only_where_it_is_listed(authored):
    (survivor,) = authored.audited().survivors
    assert survivor == "- y = np.zeros(len(x) - 1)\n+ y = np.ones(len(x) - 1)"


def test_what_is_listed_but_answers_otherwise_survives(authored):
    authored.write("checks.py", CHECKS.format(numbers=[3, 3, 3, 3], bias=16))
    authored.draw_more()
    authored.change("checks.py", FIRST_DRAWN, FEW_DRAWN)
    was, becomes = "y[i] = x[i] + x[i + 1] + bias", "y[i] = x[i] + x[i + 0] + bias"
    listed = BEGUN.replace("y = np.zeros(len(x) - 1)", was)
    authored.write("equivalent.toml", listed.replace("y = np.ones(len(x) - 1)", becomes))
    found = authored.audited()
    assert found.equivalent == 0
    assert any(one.startswith(f"- {was}\n+ {becomes}\n(listed") for one in found.survivors)


FIRST_DRAWN = "draw.integer(1, 4)},\n"
FEW_DRAWN = "draw.integer(1, 4)},\n        public=0,\n        hidden=0,\n"


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("smoothed", "smoothing", "no mutant"),
        ("np.ones", "np.empty", "no mutant"),
        ('reason = "all of it is written"', "", "must state"),
        ("[[", "[", "cannot be read"),
    ],
)
def test_a_list_of_equivalents_that_fits_nothing_is_refused(authored, old, new, line):
    authored.write("equivalent.toml", BEGUN.replace(old, new))
    with pytest.raises(AuditError, match=line):
        authored.audited()


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ("# %% right\n# Is it?\n" + RIGHT, "right: it passes (numpy)"),
        (
            WRONG.removeprefix("# %% no bias").join(("# %% none", "")),
            "none: it answers as no bias does (numpy)",
        ),
    ],
)
def test_a_misconception_that_passes_or_is_another_is_undistinguished(authored, more, line):
    authored.write("wrong/smoothed.py", f"{WRONG}\n\n{more}")
    assert line in authored.audited().undistinguished


def test_a_right_answer_that_fails_is_named_with_what_it_did(authored):
    authored.write(
        "right/backwards.py", "def smoothed(x, bias):\n    return x[1:] + x[1:] + bias\n"
    )
    found = authored.audited()
    (line,) = found.failed_right_answers
    assert line.startswith("backwards on numpy: by hand: smoothed(x, bias=16): ")
    assert found.right_answers == 3


def test_an_answer_of_the_notebook_that_fails_ends_the_audit(authored):
    authored.change("01_small.py", "+ bias", "- bias")
    with pytest.raises(AuditError, match="own answer to smoothed does not pass"):
        authored.audited()


HIDDEN = (
    r"hidden case \d: smoothed\(x, bias=\d\): element \[0\] is -?\d+, expected -?\d+(; .*)?; "
    r"x of shape \(\d,\) is \[-?\d.*\]"
)


def test_of_a_hidden_case_its_author_is_told_all(authored):
    authored.draw_more()
    wrong = "+ bias - (len(x) != 4)"
    authored.change("01_small.py", "+ bias", wrong)
    authored.change("checks.py", FIRST_DRAWN, f"{FIRST_DRAWN}        public=0,\n")
    with pytest.raises(AuditError, match=f"does not pass: {HIDDEN}; mend it"):
        authored.audited()
    authored.change("01_small.py", wrong, "+ bias")
    authored.write("right/sliced.py", RIGHT.replace("+ bias", wrong))
    (line,) = authored.audited().failed_right_answers
    assert re.fullmatch(f"sliced on numpy: {HIDDEN}", line)


def test_mutants_that_never_end_are_killed(authored):
    loop = (
        "    i = 0\n    while i < len(y):\n        y[i] = x[i] + x[i + 1] + bias\n        i += 1\n"
    )
    old = "    for i in range(len(x) - 1):\n        y[i] = x[i] + x[i + 1] + bias\n"
    authored.change("01_small.py", old, loop)
    found = authored.audited()
    assert not any("i += 1" in one for one in found.survivors)
    assert found.killed > 20


def test_mutants_that_change_what_others_use_are_tried_alone(authored):
    authored.change("01_small.py", "    return y\n", "    np.seterr(all='ignore')\n    return y\n")
    authored.change(
        "01_small.py", "    y = np.zeros", "    np.tau = np.pi + np.pi\n    y = np.zeros"
    )
    authored.change("01_small.py", "+ bias", "+ bias * (np.tau > np.pi)")
    found = authored.audited()
    assert "- y = np.zeros(len(x) - 1)\n+ y = np.ones(len(x) - 1)" in found.survivors
