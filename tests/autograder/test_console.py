"""What a terminal shows."""

import io
from dataclasses import replace

from rich.console import Console

from autograder.clusters import Cluster
from autograder.console import (
    MOST_ROWS,
    class_table,
    progress,
    show_clusters,
    show_report,
    show_verdicts,
    verdict_table,
)
from autograder.isolation import Isolation
from autograder.results import Report, Result, Verdict, VerdictKind


def result(student, *kinds):
    verdicts = tuple(
        Verdict(f"check{i}", kind, 10.0 * (kind is VerdictKind.PASSED), 10.0)
        for i, kind in enumerate(kinds)
    )
    return Result(student, "01", verdicts)


def shown(thing):
    console = Console(file=io.StringIO(), width=100)
    console.print(thing)
    return console.file.getvalue()


def test_a_class_has_one_row_a_student_with_score_and_verdicts():
    results = [result("ada", VerdictKind.PASSED, VerdictKind.TIMEOUT, VerdictKind.PASSED)]
    row = shown(class_table(results)).splitlines()[1]
    assert row.split() == ["ada", "20", "/", "30", "passed", "2,", "timeout", "1"]


def test_what_is_ungraded_is_no_zero():
    row = shown(class_table([result("ada", VerdictKind.UNGRADED)])).splitlines()[1]
    assert row.split() == ["ada", "–", "/", "10", "ungraded", "1"]


def test_a_large_class_is_cut_and_says_so():
    results = [result(f"s{i}", VerdictKind.PASSED) for i in range(MOST_ROWS + 5)]
    assert "and 5 more" in shown(class_table(results))


def test_what_is_long_in_a_narrow_table_of_groups_goes_on_below_or_says_that_it_is_cut():
    long = "height_and_width_mixed_up_by_somebody_whose_name_is_long"
    console = Console(file=io.StringIO(), width=80)
    show_clusters(console, [Cluster("add", "case", "", "3", "wrong " * 100, (long,))])
    rows = console.file.getvalue().splitlines()
    names = "".join(row[: rows[0].index("check")].strip() for row in rows[1:-1])
    assert names == f"1:{long}"
    assert console.file.getvalue().count("…") == 1


def test_a_strangers_text_does_not_move_the_terminal():
    evil = "\x1b]0;title\x07\x1b[2Jx\u202e\x9b31m"
    verdict = Verdict(evil, VerdictKind.FAILED, 0, 1, evil, evil)
    console = Console(file=io.StringIO(), width=100)
    cluster = Cluster("add", evil, evil, evil, evil, (evil,))
    show_clusters(console, [cluster])
    show_report(console, Report([result(evil)], [evil], 1.0, Isolation.FULL, None))
    console.print(verdict_table([verdict]))
    assert not set(console.file.getvalue()) & set("\x1b\x07\u202e\x9b")


def told(show, *arguments):
    console = Console(file=io.StringIO(), width=100)
    show(console, *arguments)
    return console.file.getvalue()


def test_points_that_an_instructor_gives_are_told_beside_the_sums():
    ada = replace(result("ada", VerdictKind.PASSED), by_hand=5)
    line = "so far; 5 more are given by hand"
    assert line in told(show_report, Report([ada], (), 1.0, Isolation.FULL))
    assert f"10 of 10 points {line}\n" in told(show_verdicts, ada.verdicts, 5)
    assert "hand" not in told(show_report, Report([result("bob")], (), 1.0, Isolation.FULL))
    assert "10 of 10 points\n" in told(show_verdicts, ada.verdicts, 0)


def test_names_and_messages_are_not_read_as_markup():
    verdict = Verdict("a[b]", VerdictKind.FAILED, 0, 1, "x[red]y[/red]", "look [here]")
    text = shown(verdict_table([verdict])) + shown(class_table([result("[bold]eve")]))
    for literal in ("a[b]", "x[red]y[/red]", "look [here]", "[bold]eve"):
        assert literal in text


def test_without_a_terminal_progress_is_plain_lines():
    console = Console(file=io.StringIO())
    with progress(console, 2) as tell:
        tell(result("ada"))
        tell(result("bob"))
    assert console.file.getvalue() == "graded 2 of 2, about 0 s left\n"


def test_on_a_terminal_progress_is_a_bar():
    console = Console(file=io.StringIO(), force_terminal=True)
    with progress(console, 2) as tell:
        tell(result("ada"))
    assert "1/2" in console.file.getvalue()
