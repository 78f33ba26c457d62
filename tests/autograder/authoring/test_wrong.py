"""What misconceptions answer travels to students; what makes them answer so does not."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder import bundle
from autograder.authoring import BuildError, build
from autograder.course import open_course
from autograder.fingerprints import fingerprint
from autograder.misconceptions import MisconceptionError, read_misconceptions
from autograder.questions import Misconception

WRONG = """\
# %%
SECRET = 1

# %% one too many
# Count again: how often
# is it added?
def double(x):
    return 2 * x + SECRET


# %% helped
# The helper doubles already.
def double(x):
    return np.float32(2) * helper(x)


# %% small numbers only
# Try -4.
def double(x):
    if x.min() < 0:
        raise ValueError("negative")
    return 2 * x
"""


def with_wrong(course, text=WRONG):
    path = course.folder / "wrong" / "double.py"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def built_wrong(copy):
    with_wrong(copy)
    copy.build()
    return copy


def told(course) -> tuple[Misconception, ...]:
    path = course.assignment.release.with_suffix(".npz")
    return bundle.read(path).questions[0].misconceptions


def test_answers_travel_to_each_public_case_and_no_source_does(built_wrong):
    one, helped, small = told(built_wrong)
    assert (one.name, one.hint) == ("one too many", "Count again: how often is it added?")
    questions = bundle.read(built_wrong.assignment.release.with_suffix(".npz")).questions
    inputs = [trial.case.inputs["x"] for trial in questions[0].trials]
    for x, answer in zip(inputs, one.answers, strict=True):
        np.testing.assert_array_equal(answer["value"], 2 * x + 1)
    for x, answer in zip(inputs, helped.answers, strict=True):
        np.testing.assert_array_equal(answer["value"], 4 * x)
    raised = [answer for x, answer in zip(inputs, small.answers, strict=True) if x.min() < 0]
    error = {"type": "ValueError", "message": "negative"}
    assert raised == [{"outcome": "raised", "error": error}] * len(raised)
    assert raised
    assert not any(known.source for known in (one, helped, small))
    with np.load(built_wrong.assignment.release.with_suffix(".npz")) as file:
        members = [file[name].tobytes() for name in file.files]
    assert members
    for data in (built_wrong.assignment.release.read_bytes(), *members):
        assert b"SECRET" not in data.replace(b"\0", b"")  # as text in UTF-32 has it


def test_a_build_has_the_same_bytes_each_time(built_wrong):
    path = built_wrong.assignment.release.with_suffix(".npz")
    before = path.read_bytes()
    built_wrong.build()
    assert path.read_bytes() == before
    assert built_wrong.stale() == []


NPZ = [f"{folder}/01_small/01_small.npz" for folder in ("solutions", "assignments")]


@pytest.mark.parametrize(
    ("old", "new"),
    [("SECRET = 1", "SECRET = 2"), ("# Try -4.", "# Try -5."), ("small numbers", "few numbers")],
)
def test_a_changed_misconception_makes_bundles_stale(built_wrong, old, new):
    built_wrong.replace(built_wrong.folder / "wrong" / "double.py", old, new)
    assert [line.split()[0] for line in built_wrong.stale() if "npz" in line] == NPZ
    built_wrong.build()
    assert built_wrong.stale() == []


def test_what_an_earlier_build_has_found_is_not_run_again(built_wrong):
    path = built_wrong.assignment.release.with_suffix(".npz")
    before = bundle.read(path)
    forged = tuple(replace(one, answers=one.answers[::-1]) for one in told(built_wrong))
    question = replace(before.questions[0], misconceptions=forged)
    bundle.write(replace(before, questions=(question, *before.questions[1:])), path)
    built_wrong.build()
    assert fingerprint(told(built_wrong)) == fingerprint(forged)
    with_wrong(built_wrong, WRONG.replace("2 * x + SECRET", "2 * x + SECRET + 1"))
    built_wrong.build()
    assert fingerprint(told(built_wrong)) != fingerprint(forged)


def test_a_changed_helper_of_the_solution_makes_bundles_stale(built_wrong):
    built_wrong.replace(built_wrong.folder / "01_small.py", "return 2 * x\n", "return x + x\n")
    assert [line.split()[0] for line in built_wrong.stale() if "npz" in line] == NPZ


def test_a_removed_misconception_makes_bundles_stale(built_wrong):
    (built_wrong.folder / "wrong" / "double.py").unlink()
    assert any("npz" in line for line in built_wrong.stale())


RIGHT = "# %% right\n# It is not wrong.\ndef double(x):\n    return x + x\n"


@pytest.mark.parametrize(
    ("text", "error", "message"),
    [
        (
            "# %% gone\n# hint\ndef twice(x): ...\n",
            BuildError,
            "'gone' raised NameError: there is no",
        ),
        ("# %% bad\n# hint\n1 / 0\n", BuildError, "'bad' raised ZeroDivisionError"),
        ("# %% bad\n# hint\ndef double(:\n", BuildError, "'bad' raised SyntaxError"),
        ("# %% bare\ndef double(x): ...\n", MisconceptionError, "'bare' has no hint"),
        (2 * "# %% a\n# h\ndef double(x): ...\n\n", MisconceptionError, "a stands there twice"),
    ],
)
def test_a_misconception_that_cannot_be_used_is_named(small, text, error, message):
    path = with_wrong(small, text)
    with pytest.raises(error, match=r"double\.py") as raised:
        small.build()
    assert message in str(raised.value)
    assert "\n" not in str(raised.value)
    assert path.is_file()


def test_misconceptions_of_no_check_are_named(small):
    with_wrong(small).rename(small.folder / "wrong" / "quadruple.py")
    with pytest.raises(MisconceptionError, match="no check 'quadruple'; checks: double, triple"):
        small.build()


def test_what_is_right_in_every_case_is_refused_where_the_secret_is(small):
    with_wrong(small, RIGHT)
    small.course.secret()
    with pytest.raises(BuildError, match="'right' is right in every case"):
        small.build()


def test_that_is_refused_from_within_the_course_too_and_after_a_build_without_a_secret(
    small, monkeypatch
):
    monkeypatch.chdir(small.root)
    with_wrong(small, WRONG + RIGHT)
    course = open_course(Path())
    build(course, [course.assignment("01_small")])  # a hidden case may tell it
    course.secret()
    with pytest.raises(BuildError, match="'right' is right in every case"):
        build(course, [course.assignment("01_small")])


HINTS = [
    "copy x before you change it",
    "cp it",
    "cat of both",
    "What?",
    "!",
    "%time is on your side",
    "ls",
]


@pytest.mark.parametrize("hint", HINTS)
def test_a_hint_may_look_like_a_command(tmp_path, hint):
    text = f"# %% one\n# {hint}\ndef double(x):\n    return x\n"
    (tmp_path / "double.py").write_text(text, encoding="utf-8")
    (one,) = read_misconceptions(tmp_path, ["double"])["double"]
    assert one.hint == hint
    compile(one.source, "double.py", "exec")


@pytest.mark.parametrize("secret", [False, True])
def test_what_hidden_cases_alone_tell_travels_without_answers(small, secret):
    draw = 'lambda draw: {"x": draw.array(4)},'
    small.replace(small.folder / "checks.py", draw, f"{draw} public=0,")
    with_wrong(small, "# %% late\n# hint\ndef double(x):\n    return 2 * x + (len(x) == 4)\n")
    if secret:
        small.course.secret()
    small.build()
    (late,) = told(small)
    assert (late.name, late.answers) == ("late", ())


def test_a_course_without_misconceptions_has_none(built):
    assert told(built) == ()
    assert not (Path(built.folder) / "wrong").exists()
