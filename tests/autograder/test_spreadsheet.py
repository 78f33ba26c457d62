"""Grades as CSV: read back they are the same, and no cell is a formula."""

import csv
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.files import OutputError
from autograder.results import Result, Verdict, VerdictKind
from autograder.spreadsheet import defused, table, write_csv

FORMULAS = [
    *("=1+1", "+1", "-1", "@SUM(1)", "=cmd|' /C calc'!A0", "\t=1", "\r=1", "\n=1", " =1", "\xa0=1"),
    *("\u3000=1", "\ufeff=1", "\x00=1", "\x0b=1", "＝1", "－1", "＠x", "\tx", "\rx", "--1", "-"),
]
HARMLESS = ["ada", "a=1", "1-2", "o'neil", "a@b.org", "", "Žofie", "'=1", "#REF!", "a\n=1", "İ"]


def read(text):
    return list(csv.reader(io.StringIO(text, newline="")))


@pytest.mark.parametrize("text", FORMULAS)
def test_what_begins_like_a_formula_is_text(text):
    ((cell,),) = read(table([[text]]))
    assert cell.startswith("'")
    assert cell[1:] == text.replace("\x00", "").replace("\x0b", "")


@pytest.mark.parametrize("text", HARMLESS)
def test_other_text_stays_as_it_is(text):
    assert read(table([[text]])) == [[text]]


def test_numbers_stay_numbers_and_texts_are_quoted():
    assert table([["a;=1", 7.5, -2.0, "1", None]]) == '"a;=1",7.5,-2.0,"1",""\r\n'


@given(st.lists(st.lists(st.text(max_size=6), min_size=2, max_size=2), max_size=3))
def test_any_text_is_read_back(rows):
    assert read(table(rows)) == [[defused(cell) for cell in row] for row in rows]


@given(st.text("=+-@ \t\r\n'\"＝x\x00\ufeff", max_size=5))
def test_no_mixture_begins_a_formula(text):
    ((cell, _),) = read(table([[text, "x"]]))
    assert cell.strip("\ufeff \t\r\n")[:1] not in tuple("=+-@＝＋－＠")


def verdict(check, kind, score):
    return Verdict(check, kind, score, 10.0, message="=1+1")


def test_a_row_is_a_student_and_a_column_a_check(tmp_path):
    ada = Result("ada", "01", (verdict("add", VerdictKind.PASSED, 10.0),), ("-1 was mended",))
    eve = replace(ada, student="=1+1", repairs=())
    bob = replace(ada, student="Bob, Žofie", repairs=(), by_hand=5)
    bob = replace(
        bob,
        verdicts=(
            verdict("add", VerdictKind.PARTIAL, 2.5),
            verdict("scale", VerdictKind.UNGRADED, 0.0),
        ),
    )
    write_csv(tmp_path / "grades.csv", [ada, bob, eve])
    with (tmp_path / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    by_hand = "5 points more are given by hand"
    assert rows == [
        ["student", "add", "scale", "total", "maximum", "notes"],
        ["ada", "10", "", "10", "10", "'-1 was mended"],
        ["Bob, Žofie", "2.5", "", "", "20", f"not graded yet: scale; {by_hand}"],
        ["'=1+1", "10", "", "10", "10", ""],
    ]
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbf")


def test_a_class_of_nobody_has_a_heading(tmp_path):
    write_csv(tmp_path / "grades.csv", [])
    told = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig")
    assert told == '"student","total","maximum","notes"\n'


def test_what_cannot_be_written_is_said(tmp_path):
    with pytest.raises(OutputError, match=r"could not be written: .*; name another --csv"):
        write_csv(tmp_path, [])
