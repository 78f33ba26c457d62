"""A class with hostile submissions in it, graded by the whole command."""

import csv
import re
import sqlite3
from contextlib import closing
from dataclasses import dataclass

import nbformat
import pytest
from nbconvert.filters import markdown2html

from benchmarks.survival import kept, outcome
from tests.hostile.driver.attacks import attacks
from tests.hostile.driver.classroom import GOOD, NAME, Classroom, hello
from tests.hostile.driver.course import NUMBERS, SECRET, exam, hidden_numbers
from tests.hostile.driver.witness import cgroups_of
from tests.hostile.driver.world import CANARY
from tests.pages import Page

pytestmark = pytest.mark.slow

NAMES = (
    "end_daemon",
    "end_kill_others",
    "escalate_mount",
    "flood_memory",
    "flood_output",
    "forge_half_an_answer",
    "forge_two_answers",
    "guess_cache",
    "handin_formula_in_name",
    "handin_markup",
    "handin_markup_in_name",
    "handin_strange_name",
    "leak_text",
    "leak_to_later_cells",
    "network_local",
    "next_folders",
    "patch_worker",
    "read_references",
)
CLASS = {attack.name: attack for attack in attacks() if attack.name in NAMES}
FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


@dataclass(frozen=True)
class Graded:
    """A class that was graded, and what that had been like.

    Args:
        first, second: the command, run twice.
        before, after: what a witness saw around the first.
        outcomes: what each had written.
    """

    room: Classroom
    first: object
    second: object
    before: dict
    after: dict
    outcomes: list


@pytest.fixture(scope="module")
def graded(tier, world, witness, tmp_path_factory):
    folder = world.folder / f"classroom-{tier}"
    folder.mkdir()
    room = Classroom(folder, tmp_path_factory.mktemp("graded"), world)
    room.fill(CLASS.values(), tmp_path_factory.mktemp("handed-in"))
    before = witness.look()
    first = room.grade(tier)
    witness.bury(before)
    after = witness.look()
    outcomes = [outcome(room.out, room.json)]
    second = room.grade(tier)
    outcomes.append(outcome(room.out, room.json))
    return Graded(room, first, second, before, after, outcomes)


@pytest.fixture
def room(graded):
    return graded.room


@pytest.fixture
def students(room):
    """The students by the name of their attack, or by their own."""
    ids = list(room.results())
    assert len(ids) == len(CLASS) + len(GOOD)
    return {
        name: one
        for name in (*CLASS, *GOOD)
        for one in ids
        if re.search(rf"(?<![a-z_]){name}(?![a-z_])", one)
    }


def test_all_are_graded_and_the_status_says_so(graded, students):
    assert graded.first.returncode == 0, graded.first.told
    assert len(students) == len(CLASS) + len(GOOD)
    assert f"{len(students)} submissions in" in graded.first.told
    assert graded.first.told.replace("\n", "").isprintable()


def test_good_ones_between_them_earn_all_points(room):
    results = room.results()
    assert [results[student]["score"] for student in GOOD] == [100] * len(GOOD)
    assert [one["message"] for student in GOOD for one in results[student]["verdicts"]] == [""] * 3


@pytest.mark.parametrize("name", CLASS)
def test_its_verdict_is_as_its_header_says(name, room, students, tier):
    attack, student = CLASS[name], students[name]
    (verdict,) = room.results()[student]["verdicts"]
    (wanted,) = attack.wanted(tier)
    assert verdict["verdict"] == wanted.kind
    assert re.search(wanted.message, verdict["message"]), verdict["message"]
    assert verdict["score"] == (100 if wanted.kind == "passed" else 0)
    printed = printed_by(room, student)
    assert "BREACH" not in printed
    for words in attack.said(tier):
        assert re.search(words, printed), printed


def printed_by(room, student):
    notebook = nbformat.read(room.files_of(student)[0], as_version=4)
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", ())]
    return "".join(output.get("text", "") for output in outputs)


def test_the_canaries_and_other_students_words_are_nowhere(room, students):
    written = {path: path.read_bytes() for path in room.out.parent.rglob("*") if path.is_file()}
    assert len(written) > 3 * len(students)
    for word in (CANARY, SECRET.decode()):
        assert not [path for path, data in written.items() if word.encode() in data]
    for student in GOOD:
        telling = {path for path, data in written.items() if hello(student).encode() in data}
        assert telling == {room.files_of(student)[0]}


def test_no_number_of_a_hidden_case_is_where_students_or_graders_look(room, students):
    hidden = hidden_numbers(exam(NUMBERS, room.known))
    assert len(hidden) > 20
    texts = {path: path.read_text() for one in students.values() for path in room.files_of(one)}
    texts["class"] = (room.out / "pages" / NAME / "index.html").read_text()
    texts["points"] = room.csv.read_text()
    with closing(sqlite3.connect(room.out / "gradebook.db")) as book:
        texts["gradebook"] = "\n".join(book.iterdump())
    assert not [(place, one) for place, text in texts.items() for one in hidden if one in text]
    told = room.json.read_text()
    assert [one for one in hidden if one in told]  # the search would have found them


def test_nothing_acts_on_any_page(room, students):
    pages = [path.read_text() for path in (room.out / "pages").rglob("*.html")]
    assert len(pages) == len(students) + 1
    for student in students.values():
        pages.append(shown(nbformat.read(room.files_of(student)[0], as_version=4)))
    assert acting("<script>hostile()</script><p onclick=hostile()>[x](javascript:hostile())")
    assert not [act for page in pages for act in acting(page)]


def shown(notebook):
    """The HTML in a notebook, and what becomes HTML where it is shown."""
    cells, said = (
        notebook.cells,
        [out for cell in notebook.cells for out in cell.get("outputs", ())],
    )
    texts = [markdown2html(cell.source) for cell in cells if cell.cell_type == "markdown"]
    return "\n".join([*texts, *(out.data.get("text/html", "") for out in said if "data" in out)])


def acting(html):
    """What in it runs, loads or sends."""
    harmless = {"img", "svg", "meta"}
    return [one for one in Page(html).active if one not in harmless and "img data:image" not in one]


def test_no_cell_of_the_table_is_a_formula(room, students):
    with room.csv.open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert len(rows) == len(students)
    assert not [cell for row in (head, *rows) for cell in row if FORMULA.match(cell)]
    points = {row[0].removeprefix("'"): float(row[1]) for row in rows}
    assert points == {student: one["score"] for student, one in room.results().items()}
    assert any(row[0].startswith("'=cmd") for row in rows)


def test_nothing_is_left(graded, world):
    assert world.complaints() == []
    for what, found in graded.before.items():
        assert graded.after[what] == found, what
    assert cgroups_of(graded.first.pid) == set()
    assert not [path for path in graded.room.out.rglob("*") if path.name.endswith(".draft")]


def test_the_same_command_grades_nothing_anew(graded, students):
    count, told = len(students), graded.second.told
    assert graded.second.returncode == 0
    assert re.search(rf"{count} submissions in .+, {count} of them from the journal", told)
    journal = graded.room.out / "journal" / f"{NAME}.journal"
    assert sorted(kept(journal)) == sorted(students.values())
    one, two = graded.outcomes
    assert two == one
