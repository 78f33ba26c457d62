"""A check may allow more or less than its assignment, and only its own answers notice."""

from dataclasses import replace

import pytest

from autograder.asking import ask
from autograder.checks import Limits
from autograder.course import CourseError, open_course
from autograder.grade import Exam, grade
from autograder.results import VerdictKind

HUNGRY = "import numpy\ndef double(x):\n    kept = numpy.ones(50 << 20)\n    return 2 * x"
LARGE = "def half(x):\n    open('f', 'wb').write(bytes(40 << 20))\n    return x / 2"


@pytest.fixture
def graded(exam, parent, hand_in):
    """The verdicts on two functions, the first of which allows what is said."""

    def run(own, *extra, **answers):
        checks = [question.check for question in exam.questions]
        checks[0] = replace(checks[0], limits=own)
        questions = [ask(check, "01", b"secret", exam.limits) for check in checks]
        mine = Exam("01", questions, exam.release, exam.limits)
        return grade(hand_in(*extra, **answers), mine, parent)

    return run


def test_the_limit_that_an_answer_hit_is_named(graded):
    double, half = graded({"memory_bytes": 300 << 20}, double=HUNGRY, half=LARGE).result.verdicts
    assert (double.kind, half.kind) == (VerdictKind.OUT_OF_MEMORY, VerdictKind.ERROR)
    assert "two: double(x=2): needed more than 300 MiB of memory: MemoryError" in double.message
    assert "three: half(x=3): wrote a file of more than 32 MiB: OSError: [Errno 27]" in half.message


def test_only_the_check_that_says_so_may_use_more(graded):
    wide = {"memory_bytes": 900 << 20, "file_bytes": 50 << 20, "call_seconds": 10}
    double, half = graded(
        wide, double=HUNGRY, half=HUNGRY.replace("double", "half")
    ).result.verdicts
    assert double.passed
    assert half.kind is VerdictKind.OUT_OF_MEMORY
    assert "needed more than 512 MiB of memory" in half.message


def test_a_cell_that_one_limit_ends_runs_within_another(graded):
    cell = "import numpy\ntable = numpy.ones(80 << 20)"
    uses = "def double(x):\n    return 2 * x + 0 * table[0]"
    run = graded({"memory_bytes": 1200 << 20}, double=f"{cell}\n{uses}")
    assert [verdict.passed for verdict in run.result.verdicts] == [True, True]
    # The page shows the cell as it ended first, and what is wrong without it is told by its end.
    again = graded({"memory_bytes": 600 << 20}, double=f"{cell}\n{uses}", student="bob")
    assert "the cell: needed more than 600 MiB of memory" in again.result.verdicts[0].message


def test_in_a_hidden_case_nothing_of_it_is_told(exam, parent, hand_in):
    check = replace(exam.questions[0].check, examples=(), public=0, limits={"open_files": 100})
    mine = Exam("01", [ask(check, "01", b"secret", exam.limits)], exam.release, exam.limits)
    source = "def double(x):\n    return [open('/dev/null') for _ in range(200)]"
    verdict = grade(hand_in(double=source), mine, parent).result.verdicts[0]
    assert verdict.message == "a hidden case: it raised OSError"


def test_the_widest_of_all_is_as_wide_as_each():
    widest = Limits(processes=50).widened([{"memory_bytes": 9 << 30}, {"processes": 8}, {}])
    assert widest == Limits(memory_bytes=9 << 30, processes=50)


@pytest.mark.parametrize(
    ("limits", "complaint"),
    [
        ("memory_bytes = 1000", "memory_bytes is 1000, expected at least 67108864 (64 MiB)"),
        ("memory_bytes = 0", "memory_bytes is 0, expected a whole number above 0"),
        ("memory_bytes = 2.5", "memory_bytes is 2.5, expected a whole number above 0"),
        ("processes = true", "processes is True, expected a whole number above 0"),
        ('cell_seconds = "20"', "cell_seconds is '20', expected a number above 0"),
        ("call_seconds = inf", "call_seconds is inf, expected a number above 0"),
        ("file_bytes = 1e30", "file_bytes is 1e+30, expected a whole number above 0"),
    ],
)
def test_a_limit_that_is_none_is_named(tmp_path, limits, complaint):
    (tmp_path / "course.toml").write_text(f"[limits]\n{limits}\n[assignments.01_sums]\n")
    with pytest.raises(CourseError) as error:
        open_course(tmp_path)
    assert str(error.value).endswith(complaint)
