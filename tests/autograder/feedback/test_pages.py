"""Pages tell every verdict, and are made of our elements alone whatever students write."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.feedback import write_class, write_student
from autograder.feedback.signs import SIGNS, duration
from autograder.results import Difference, Part, Result, VerdictKind
from tests.autograder.feedback.conftest import HOSTILE

TEMPLATES = Path(__file__).parents[3] / "autograder/feedback/templates"


def test_a_students_page_lies_apart_from_nbgraders_feedback(tmp_path, every_kind):
    path = write_student(tmp_path, every_kind)
    assert path == tmp_path / "pages/01_convolution/students/ada.html"
    assert [p.name for p in path.parent.iterdir()] == ["ada.html"]


def test_a_students_page_tells_every_verdict(tmp_path, every_kind, page):
    seen = page(write_student(tmp_path, every_kind))
    for kind, sign in SIGNS.items():
        assert f"{sign.symbol} {kind}" in seen.text
    told = "10 of 100 points", "0 of 10 points", "mind the stride", "a cell was put back"
    for text in (
        *told,
        "isolation: full · device: CPU · backend: numpy",
        "10 points, not graded yet",
    ):
        assert text in seen.text


def test_parts_are_told_one_by_one(tmp_path, verdict, page):
    parts = (
        Part("forward", VerdictKind.PASSED, 3.0, 3.0),
        Part("saving", VerdictKind.ERROR, 0.0, 2.0, f"raised OSError {HOSTILE}"),
    )
    partial = replace(verdict(VerdictKind.PARTIAL, "layer", parts=parts), score=3.0)
    seen = page(write_student(tmp_path, Result("ada", "06", (partial,))))
    assert "◐ partial 3 of 10 points" in seen.text
    assert "✓ passed forward 3 of 3 points" in seen.text
    assert "! error saving 0 of 2 points: raised OSError" in seen.text
    assert not seen.foreign()


@pytest.mark.parametrize(
    ("seconds", "said"), [(0.0305, "30.5 ms"), (1.812, "1.8 s"), (9.96, "10 s"), (94.6, "95 s")]
)
def test_times_are_told_as_one_would_say_them(seconds, said):
    assert duration(seconds) == said


def test_wrong_elements_are_marked(tmp_path, every_kind, page):
    seen = page(write_student(tmp_path, every_kind))
    assert seen.tags["mark"] == 2
    assert seen.values("class").count("wrong") == 2


def test_a_large_answer_is_drawn(tmp_path, verdict, page):
    picture = np.zeros((30, 40))
    drawn = Difference("edges(image)", {"image": picture}, picture + 1, picture)
    failed = verdict(VerdictKind.FAILED, difference=drawn)
    seen = page(write_student(tmp_path, Result("ada", "01", (failed,))))
    assert seen.tags["img"] == 4
    assert all(address.startswith("data:image/png;base64,") for address in seen.values("src"))
    assert all(seen.values("alt"))


def test_hostile_text_stays_text(tmp_path, hostile, page):
    for path in (write_student(tmp_path, hostile), write_class(tmp_path, "01", [hostile])):
        seen = page(path)
        assert not seen.foreign()
        assert seen.tags["style"] == seen.tags["title"] == 1
        assert "<script>alert(1)</script>" in seen.text
        assert "{{ 7*7 }}" in seen.text
        assert not set(seen.text) & set("\x00\x1b\u202e\ud800")


def test_no_template_turns_the_escaping_off():
    for path in TEMPLATES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "safe" not in text
        assert "autoescape" not in text
        assert "Markup" not in text


def test_nothing_is_loaded_or_run(tmp_path, every_kind, page):
    for path in (write_student(tmp_path, every_kind), write_class(tmp_path, "01", [every_kind])):
        seen = page(path)
        policy = next(value for value in seen.values("content") if "default-src" in value)
        assert policy.startswith("default-src 'none'; img-src data:; style-src 'sha256-")
        assert not seen.foreign()
        assert "url(" not in path.read_text(encoding="utf-8")
        assert "@import" not in path.read_text(encoding="utf-8")


NO_FILES = ["", ".", "..", "../eve", "a/b", "a\\b", ".hidden", "C:x", "a\0b"]


@pytest.mark.parametrize("name", NO_FILES)
def test_a_name_that_leads_elsewhere_is_refused(tmp_path, every_kind, name):
    for result in (replace(every_kind, student=name), replace(every_kind, assignment=name)):
        if result.student == name and not name:
            result = replace(result, student=" /")
        with pytest.raises(ValueError, match="is no name of a file"):
            write_student(tmp_path, result)
    with pytest.raises(ValueError, match="is no name of a file"):
        write_class(tmp_path, name, [])
    assert not list(tmp_path.rglob("*.html"))


def test_a_name_may_be_of_any_alphabet_and_is_linked(tmp_path, every_kind, page):
    result = replace(every_kind, student="Žofie #1 100%?")
    path = write_student(tmp_path, result)
    seen = page(write_class(tmp_path, "01", [result]))
    assert path.name == "Žofie #1 100%?.html"
    assert "students/%C5%BDofie%20%231%20100%25%3F.html" in seen.values("href")


def test_a_student_called_index_does_not_replace_the_class(tmp_path, every_kind):
    student = write_student(tmp_path, replace(every_kind, student="index"))
    assert write_class(tmp_path, "01", [every_kind]) != student


def test_the_class_page_tells_scores_rates_and_times(tmp_path, verdict, page):
    results = [
        Result(f"student {i}", "01", (verdict(VerdictKind.PASSED if i else VerdictKind.ERROR),))
        for i in range(4)
    ]
    text = page(write_class(tmp_path, "01", results)).text
    assert "4 students · mean 7.5 · median 10 of 10 points" in text
    assert "passed 75 %" in text
    assert "median time 250 ms" in text


@pytest.mark.parametrize(
    ("more", "told"),
    [(5, "points so far; 5 more are given by hand"), (1, "1 more is given by hand"), (0, "points")],
)
def test_points_that_an_instructor_gives_are_told_beside_each_sum(
    tmp_path, verdict, page, more, told
):
    result = Result("ada", "01", (verdict(VerdictKind.PASSED),), by_hand=more)
    for path in (write_student(tmp_path, result), write_class(tmp_path, "01", [result])):
        text = page(path).text
        assert told in text
        assert ("by hand" in text) == bool(more)


def test_the_class_page_counts_misconceptions_and_the_most_frequent_comes_first(
    tmp_path, verdict, page
):
    names = ["stride ignored", "kernel flipped", "kernel flipped", "", "<b>own</b>"]
    results = [
        Result(f"student {i}", "01", (verdict(VerdictKind.FAILED, misconception=name),))
        for i, name in enumerate(names)
    ]
    seen = page(write_class(tmp_path, "01", results))
    table = seen.text[seen.text.index("Most frequent misconceptions") :]
    assert "2 conv2d kernel flipped 1 conv2d stride ignored 1 conv2d <b>own</b>" in table
    assert not seen.foreign()


def test_a_class_without_misconceptions_has_no_table_of_them(tmp_path, every_kind, page):
    assert "misconception" not in page(write_class(tmp_path, "01", [every_kind])).text


def test_a_students_page_names_the_misconception_and_no_evidence(tmp_path, verdict, page):
    evidence = {"case": "hidden case 2", "numbers": [31337.5]}
    failed = verdict(VerdictKind.FAILED, misconception="kernel flipped", evidence=evidence)
    path = write_student(tmp_path, Result("ada", "01", (failed,)))
    assert "Looks like: kernel flipped Hint: mind the stride" in page(path).text
    assert "31337" not in path.read_text(encoding="utf-8")


def test_the_ungraded_come_first_and_are_no_zero(tmp_path, verdict, page):
    graded = Result("ada", "01", (verdict(VerdictKind.PASSED),))
    broken = verdict(VerdictKind.UNGRADED, message="the worker could not be started")
    text = page(write_class(tmp_path, "01", [graded, Result("zoe", "01", (broken,))])).text
    assert "Ungraded: 1 of 2" in text
    assert "conv2d, the worker could not be started" in text
    assert text.rindex("zoe") < text.rindex("ada")
    assert "mean 10 · median 10" in text
    assert "passed 100 %" in text


def test_a_class_of_nobody_has_a_page(tmp_path, page):
    text = page(write_class(tmp_path, "01_convolution", [])).text
    assert "0 students" in text
    assert "Nobody has handed in." in text


def test_a_class_of_300_has_a_link_for_each(tmp_path, verdict, page):
    checks = [verdict(VerdictKind.PASSED, f"check_{i}") for i in range(10)]
    results = [Result(f"student_{i:03}", "01", tuple(checks)) for i in range(300)]
    path = write_class(tmp_path, "01", results)
    assert page(path).tags["a"] == 300


def test_checks_asked_of_some_only_are_columns_too(tmp_path, verdict, page):
    one = Result("ada", "01", (verdict(VerdictKind.PASSED, "first"),))
    other = Result("bob", "01", (verdict(VerdictKind.PASSED, "second"),))
    text = page(write_class(tmp_path, "01", [one, other])).text
    assert text.count("not asked") == 2


def test_a_page_is_replaced_whole(tmp_path, every_kind, monkeypatch):
    path = write_student(tmp_path, every_kind)
    before = path.read_bytes()
    monkeypatch.setattr("os.replace", None)
    with pytest.raises(TypeError):
        write_student(tmp_path, replace(every_kind, repairs=("another",)))
    assert path.read_bytes() == before
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_equal_results_give_equal_pages(tmp_path, every_kind):
    first = write_student(tmp_path / "a", every_kind).read_bytes()
    assert write_student(tmp_path / "b", every_kind).read_bytes() == first
