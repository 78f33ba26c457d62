"""Whose grade changes between two runs."""

import json

import pytest

from autograder.changes import Change, Points, ResultsError, changes, read_results
from autograder.results import Result, Verdict, VerdictKind

OF = Points
KINDS = {0: VerdictKind.FAILED, 10: VerdictKind.PASSED, 4: VerdictKind.PARTIAL}


def result(student, *scores, assignment="01"):
    verdicts = tuple(
        Verdict(f"check{number}", KINDS[score], score, 10) for number, score in enumerate(scores)
    )
    return Result(student, assignment, verdicts)


@pytest.fixture
def saved(tmp_path):
    def save(name, *results):
        path = tmp_path / name
        path.write_text(json.dumps([one.as_json() for one in results]))
        return path

    return save


def test_those_who_lose_come_first_and_those_who_keep_are_not_named(saved):
    old = saved("old.json", result("ada", 10, 0), result("bob", 10, 0), result("eve", 10, 10))
    new = saved("new.json", result("ada", 10, 10), result("bob", 4, 0), result("eve", 10, 10))
    assert changes(read_results(old), read_results(new)) == [
        Change("bob", OF(10, 20), OF(4, 20), ("check0: passed (10 of 10) → partial (4 of 10)",)),
        Change("ada", OF(10, 20), OF(20, 20), ("check1: failed (0 of 10) → passed (10 of 10)",)),
    ]


def test_a_change_that_balances_is_named(saved):
    old, new = saved("old.json", result("ada", 10, 0)), saved("new.json", result("ada", 0, 10))
    (change,) = changes(read_results(old), read_results(new))
    assert (change.gained, len(change.checks)) == (0, 2)


@pytest.mark.parametrize(
    ("before", "after", "gained"),
    [
        (OF(24, 24), OF(25, 25), 0),
        (OF(12, 24), OF(12.5, 25), 0),
        (OF(0, 24), OF(0, 25), 0),
        (OF(12, 24), OF(12, 25), -0.5),
        (OF(12, 24), OF(13, 25), 0.5),
        (OF(24, 24), OF(20, 20), 0),
        (OF(3, 24), OF(4, 24), 1),
        (None, OF(4, 24), 4),
        (OF(4, 24), None, -4),
        (OF(0, 0), OF(4, 24), 4),
    ],
)
def test_of_another_maximum_the_share_counts(before, after, gained):
    assert Change("ada", before, after, ()).gained == gained


def test_who_has_all_points_gains_nothing_by_there_being_more(saved, autograder):
    old = saved("old.json", result("ada", 10, 10))
    (one,) = json.loads(old.read_text())
    one["verdicts"][0] |= {"score": 11, "max_score": 11}
    new = saved("new.json")
    new.write_text(json.dumps([one | {"score": 21, "max_score": 21}]))
    done = autograder("diff", old, new)
    assert "20 of 20 → 21 of 21" in done.stdout
    assert "check0: passed (10 of 10) → passed (11 of 11)" in done.stdout
    last = "1 submission: 0 gain, 0 lose, 1 keep; of another maximum, the share counts"
    assert done.stdout.splitlines()[-1] == last
    assert done.returncode == 1


def test_new_students_and_checks_are_named(saved):
    old = saved("old.json", result("ada", 10), result("gone", 10))
    new = saved("new.json", result("ada", 10, 10), result("late", 0))
    found = {one.student: one for one in changes(read_results(old), read_results(new))}
    assert found["gone"] == Change(
        "gone", OF(10, 10), None, ("check0: passed (10 of 10) → not asked",)
    )
    assert found["late"].before is None
    assert found["ada"].checks == ("check1: not asked → passed (10 of 10)",)


def test_runs_of_two_assignments_are_not_compared(saved):
    old = saved("old.json", result("ada", 10))
    new = saved("new.json", result("ada", 10, assignment="02"))
    with pytest.raises(ResultsError, match="the results are of 01 and 02; expected one"):
        changes(read_results(old), read_results(new))


@pytest.mark.parametrize("text", ["", "x", "{}", "[1]", '[{"student": "ada"}]', "3"])
def test_what_holds_no_results_is_refused_in_one_line(text, tmp_path):
    path = tmp_path / "results.json"
    path.write_text(text)
    with pytest.raises(ResultsError, match="holds no results"):
        read_results(path)


def test_the_command_says_who_gains_and_who_loses(saved, autograder):
    old = saved("old.json", result("ada", 10, 0), result("bob", 10, 0), result("eve", 10, 10))
    new = saved("new.json", result("ada", 10, 10), result("bob", 4, 0), result("eve", 10, 10))
    done = autograder("diff", old, new)
    assert done.returncode == 1
    assert "bob" in done.stdout
    assert "check0: passed (10 of 10) → partial (4 of 10)" in done.stdout
    assert done.stdout.splitlines()[-1] == "3 submissions: 1 gain, 1 lose, 1 keep"
    same = autograder("diff", old, old)
    assert (same.returncode, same.stdout) == (0, "3 submissions: 0 gain, 0 lose, 3 keep\n")
