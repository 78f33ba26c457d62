"""One generator serves public and hidden cases; only the secret tells the hidden ones."""

from dataclasses import replace

import numpy as np
import pytest

from autograder import Case, Check, bundle
from autograder.asking import QuestionError, ask
from autograder.bundle import BundleError

CHECK = Check(
    "double",
    10,
    lambda x, by: x * by,
    examples=[Case("slide 1", {"x": np.float32([1, 2]), "by": 2})],
    draw=lambda d: {"x": d.array(3), "by": d.integer(2, 9)},
    multilinear=("x",),
    public=2,
    hidden=4,
    hint="twice",
)


def inputs(question):
    return [str(trial.case.inputs) for trial in question.trials]


def test_public_cases_come_first_and_the_smallest_of_them_before_the_others():
    wide = Case("slide 9", {"x": np.float32(range(9)), "by": 2})
    question = ask(replace(CHECK, examples=[wide, *CHECK.examples]), "01", b"secret")
    names = [trial.case.name for trial in question.trials]
    assert names[:4] == ["slide 1", "random case 1", "slide 9", "random case 2"]
    assert names[4:] == [f"hidden case {i}" for i in (1, 2, 3, 4)]
    assert [trial.case.public for trial in question.trials] == [True] * 4 + [False] * 4


def test_of_numbers_alone_the_smaller_ones_come_first():
    cases = [Case(str(by), {"x": x, "by": by}) for x, by in ((7, -3), (1, 2), (5, 5), (2, 1))]
    check = replace(CHECK, examples=cases, draw=None, multilinear=())
    assert [trial.case.name for trial in ask(check, "01").trials] == ["2", "1", "-3", "5"]


def test_cases_that_ask_for_an_error_are_the_last_public_ones():
    def fussy(x, by):
        if by < 2:
            raise ValueError("too small")
        return x * by

    examples = [Case("error", {"x": np.float32([1]), "by": 1}), *CHECK.examples]
    question = ask(replace(CHECK, reference=fussy, examples=examples), "01", b"secret")
    names = [trial.case.name for trial in question.trials]
    assert names[:5] == ["slide 1", "random case 1", "random case 2", "error", "hidden case 1"]


def test_exact_cases_come_before_real_ones():
    exact = [trial.case.exact for trial in ask(CHECK, "01", b"secret").trials[1:]]
    assert exact == [True, False, True, True, False, False]


def test_hidden_cases_depend_on_the_secret_and_public_ones_do_not():
    one, other, none = (inputs(ask(CHECK, "01", secret)) for secret in (b"a", b"b", None))
    assert one[:3] == other[:3] == none
    assert all(mine != yours for mine, yours in zip(one[3:], other[3:], strict=True))


def test_two_assignments_draw_different_cases():
    assert inputs(ask(CHECK, "01"))[1:] != inputs(ask(CHECK, "02"))[1:]


def test_a_bundle_read_is_the_bundle_written(tmp_path):
    written = bundle.bundle("01", [ask(CHECK, "01")])
    bundle.write(written, tmp_path / "01.npz")
    read = bundle.read(tmp_path / "01.npz")
    assert repr(read) == repr(written)
    assert read.questions[0].trials[1].expected[""].terms is None
    assert read.questions[0].trials[2].expected[""].terms is not None


def test_a_bundle_has_the_same_bytes_each_time(tmp_path):
    for name in ("one", "two"):
        bundle.write(bundle.bundle("01", [ask(CHECK, "01")]), tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_the_version_follows_the_questions():
    question = ask(CHECK, "01")
    version = bundle.bundle("01", [question]).version
    assert version == bundle.bundle("01", [ask(CHECK, "01")]).version
    assert version != bundle.bundle("01", [replace(question, parts={"": 11})]).version


@pytest.mark.parametrize("content", [b"", b"no zip", b"PK\x03\x04"])
def test_a_damaged_bundle_is_named(tmp_path, content):
    (tmp_path / "01.npz").write_bytes(content)
    with pytest.raises(BundleError, match=r"01\.npz is damaged"):
        bundle.read(tmp_path / "01.npz")


def test_a_bundle_of_another_kind_is_named(tmp_path):
    np.savez(tmp_path / "01.npz", x=np.zeros(3))
    with pytest.raises(BundleError, match=r"01\.npz is damaged"):
        bundle.read(tmp_path / "01.npz")


def test_a_missing_bundle_is_named(tmp_path):
    with pytest.raises(BundleError, match="does not exist"):
        bundle.read(tmp_path / "01.npz")


def test_where_nothing_bounds_rounding_all_cases_are_exact():
    exact = [trial.case.exact for trial in ask(replace(CHECK, multilinear=()), "01", b"s").trials]
    assert exact == [True] * 7


def boom(_):
    raise OSError("no such thing")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"draw": boom}, "OSError: no such thing"),
        ({"draw": lambda d: {"x": d.array((3, 4))}}, "TypeError: "),
        ({"reference": lambda x: x}, "TypeError: "),
        ({"multilinear": ("y",)}, "multilinear names y, expected some of the inputs x, by"),
    ],
)
def test_a_check_that_cannot_be_asked_is_named(changes, reason):
    with pytest.raises(QuestionError, match="check 'double': ") as error:
        ask(replace(CHECK, **changes), "01")
    assert reason in str(error.value)
