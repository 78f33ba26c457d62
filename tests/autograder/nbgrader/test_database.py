import sqlite3
import sys
from collections import deque
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from nbgrader import api
from nbgrader.preprocessors import SaveCells
from nbgrader.utils import compute_checksum

from autograder.nbgrader import Gradebook, GradebookError

ASSIGNMENT = "01_sums"


@pytest.fixture
def path(tmp_path):
    return tmp_path / "gradebook.db"


@pytest.fixture
def record(path, release):
    """Opens the gradebook and records results."""

    def record(*results, release=release):
        with Gradebook.open(path, ASSIGNMENT, release) as gradebook:
            for result in results:
                gradebook.record(result)

    return record


@pytest.fixture
def stock(path):
    """The gradebook as nbgrader opens it."""

    @contextmanager
    def stock():
        with api.Gradebook(f"sqlite:///{path}") as gradebook:
            yield gradebook

    return stock


@pytest.fixture
def grades(stock):
    """A student's grades as nbgrader tells them: name → (score, needs a person)."""

    def grades(student="alice"):
        with stock() as gradebook:
            notebook = gradebook.find_submission_notebook(ASSIGNMENT, ASSIGNMENT, student)
            return {one.name: (one.score, one.needs_manual_grade) for one in notebook.grades}

    return grades


def grade_by_hand(gradebook, check, student="alice", **values):
    grade = gradebook.find_grade(check, ASSIGNMENT, ASSIGNMENT, student)
    for name, value in values.items():
        setattr(grade, name, value)
    gradebook.db.commit()


def comment_of(gradebook, cell, student="alice"):
    return gradebook.find_comment(cell, ASSIGNMENT, ASSIGNMENT, student)


def test_scores_are_what_nbgrader_tells(record, stock, grades, result_of):
    record(result_of("alice", add=10, scale=5), result_of("bob", add=0, scale=20))
    assert grades("alice") == {"add": (10, False), "scale": (5, False), "essay": (0, True)}
    with stock() as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "bob").score == 20
        assert gradebook.find_assignment(ASSIGNMENT).max_score == 35
        assert gradebook.find_submission(ASSIGNMENT, "alice").needs_manual_grade


def test_cells_are_what_nbgrader_saves(tmp_path, record, stock, release):
    def rows(gradebook):
        notebook = gradebook.find_notebook(ASSIGNMENT, ASSIGNMENT)
        cells = *notebook.grade_cells, *notebook.solution_cells, *notebook.source_cells
        told = [{k: v for k, v in cell.to_dict().items() if k != "id"} for cell in cells]
        return sorted(map(str, told)), notebook.kernelspec

    record()
    with stock() as gradebook:
        ours = rows(gradebook)
    url = f"sqlite:///{tmp_path / 'stock.db'}"
    resources = {"notebook": ASSIGNMENT, "assignment": ASSIGNMENT, "db_url": url}
    for cell in release.cells:
        cell.metadata.nbgrader.checksum = compute_checksum(cell)
    with Gradebook.open(url, "another", release), api.Gradebook(url) as gradebook:
        gradebook.add_assignment(ASSIGNMENT)
        SaveCells().preprocess(release, {"nbgrader": resources})
        assert rows(gradebook) == ours


def test_a_new_database_has_the_revision_that_nbgrader_gives(record, path, monkeypatch):
    record()
    monkeypatch.setenv("PATH", str(Path(sys.executable).parent))  # where its `alembic` is
    with closing(sqlite3.connect(path)) as database:
        (found,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
    assert found == api.get_alembic_version()


def test_what_people_entered_survives(record, stock, grades, result_of):
    record(result_of("alice", "wrong", add=0, scale=0))
    with stock() as gradebook:
        grade_by_hand(gradebook, "add", manual_score=7.0, needs_manual_grade=False)
        grade_by_hand(gradebook, "scale", extra_credit=2.0)
        grade_by_hand(gradebook, "essay", manual_score=4.0, needs_manual_grade=False)
        comment_of(gradebook, "add_answer").manual_comment = "nearly"
        gradebook.db.commit()
    record(result_of("alice", "still wrong", add=0, scale=20))
    assert grades() == {"add": (7, False), "scale": (22, False), "essay": (4, False)}
    with stock() as gradebook:
        assert comment_of(gradebook, "add_answer").comment == "nearly"
    record(result_of("alice", add=10))
    assert grades()["add"] == (7, True)  # the person looks again at what is right now


def test_ungraded_is_no_zero(record, stock, grades, result_of):
    record(result_of("alice", add=None, scale=20))
    assert grades()["add"] == (0, True)
    with stock() as gradebook:
        assert gradebook.find_grade("add", ASSIGNMENT, ASSIGNMENT, "alice").auto_score is None
    record(result_of("alice", add=10, scale=20))
    record(result_of("alice", "our fault", add=None, scale=None))
    assert grades() == {"add": (10, False), "scale": (20, False), "essay": (0, True)}


def test_some_checks_leave_the_others_as_they_were(record, grades, result_of):
    record(result_of("alice", add=10, scale=20))
    record(result_of("alice", add=0))
    assert grades() == {"add": (0, False), "scale": (20, False), "essay": (0, True)}


def test_a_verdict_is_a_comment_on_the_answer(record, stock, result_of):
    record(result_of("alice", "<b>wrong</b> at [0]", add=0, scale=20))
    with stock() as gradebook:
        comment = comment_of(gradebook, "add_answer").comment
        assert comment == "    add: failed, 0 of 10 points\n    <b>wrong</b> at [0]"
        assert comment_of(gradebook, "scale_answer").comment is None
    record(result_of("alice", add=10))
    with stock() as gradebook:
        assert comment_of(gradebook, "add_answer").comment is None


def test_points_follow_the_release(record, stock, grades, result_of, release_of):
    record(result_of("alice", add=10, scale=20))
    record(release=release_of(add=15, scale=20))
    with stock() as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).max_score == 40
    assert grades()["add"] == (10, False)


def test_a_new_check_waits_to_be_graded(record, stock, grades, result_of, release_of):
    record(result_of("alice", add=10, scale=20), result_of("bob", add=0, scale=20))
    with stock() as gradebook:
        grade_by_hand(gradebook, "add", manual_score=7.0)
    more = release_of(add=10, scale=20, mean=10)
    record(result_of("bob", mean=10), release=more)
    assert grades("alice")["mean"] == (0, True)
    assert grades("alice")["add"] == (7, False)
    assert grades("bob") == {
        "add": (0, False),
        "scale": (20, False),
        "mean": (10, False),
        "essay": (0, True),
    }


def test_a_check_that_is_gone_takes_no_other_grade_along(
    record, stock, grades, result_of, release_of
):
    record(result_of("alice", add=10, scale=20))
    with stock() as gradebook:
        grade_by_hand(gradebook, "add", manual_score=7.0)
    record(release=release_of(add=10))
    assert grades() == {"add": (7, False), "essay": (0, True)}
    with stock() as gradebook:
        assert gradebook.find_assignment(ASSIGNMENT).max_score == 15
        assert len(gradebook.find_notebook(ASSIGNMENT, ASSIGNMENT).source_cells) == 4


def test_a_check_graded_by_hand_does_not_vanish(record, stock, grades, result_of, release_of):
    record(result_of("alice", add=10, scale=20))
    with stock() as gradebook:
        grade_by_hand(gradebook, "scale", manual_score=7.0)
    with pytest.raises(GradebookError, match=r"scale is gone .* 1 entries made by hand"):
        record(release=release_of(add=10))
    assert grades()["scale"] == (7, False)


def test_a_second_assignment_lies_beside_the_first(path, record, stock, result_of, release):
    record(result_of("alice", add=10, scale=20))
    with Gradebook.open(path, "02_more", release) as gradebook:
        gradebook.record(result_of("alice", add=10, scale=0))
    with stock() as gradebook:
        assert gradebook.find_student("alice").score == 40
        assert gradebook.find_student("alice").max_score == 70


def test_a_result_is_written_whole_or_not_at_all(record, stock, result_of):
    broken = result_of("alice", add=10, unknown=5)
    with pytest.raises(GradebookError, match=r"no cell for the check unknown; run `autograder b"):
        record(broken)
    with stock() as gradebook:
        assert gradebook.students == []
        assert gradebook.assignment_submissions(ASSIGNMENT) == []


def test_a_failed_result_does_not_spoil_the_next(path, release, grades, result_of):
    with Gradebook.open(path, ASSIGNMENT, release) as gradebook:
        gradebook.record(result_of("alice", add=10, scale=20))
        with pytest.raises(GradebookError):
            gradebook.record(result_of("alice", add=0, unknown=5))
        gradebook.record(result_of("bob", add=10, scale=20))
    assert grades("alice")["add"] == grades("bob")["add"] == (10, False)


def test_an_edit_in_formgrader_during_a_run_survives(path, release, stock, grades, result_of):
    with Gradebook.open(path, ASSIGNMENT, release) as gradebook:
        gradebook.record(result_of("alice", add=0, scale=0))
        with stock() as formgrader:
            grade_by_hand(formgrader, "add", manual_score=7.0, needs_manual_grade=False)
        gradebook.record(result_of("alice", add=0, scale=20))
    assert grades()["add"] == (7, False)


def test_a_database_may_be_named_by_its_url(tmp_path, release, result_of):
    with Gradebook.open(f"sqlite:///{tmp_path}/new/a.db", ASSIGNMENT, release) as gradebook:
        gradebook.record(result_of("alice", add=10))
    assert (tmp_path / "new/a.db").exists()


def one_line(error) -> str:
    message = str(error.value)
    assert "\n" not in message
    return message


def test_a_locked_database_is_named(path, release, record):
    record()
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN IMMEDIATE")
        with (
            pytest.raises(GradebookError, match="locked; close what is writing to it") as error,
            Gradebook.open(f"sqlite:///{path}?timeout=0.1", ASSIGNMENT, release),
        ):
            pass
    assert str(path) in one_line(error)


def test_a_read_only_database_is_named(path, release, record):
    record()
    url = f"sqlite:///file:{path}?mode=ro&uri=true"
    with (
        pytest.raises(GradebookError, match="readonly database; make it") as error,
        Gradebook.open(url, ASSIGNMENT, release),
    ):
        pass
    assert str(path) in one_line(error)


def test_another_file_is_no_database(path, record):
    path.write_text("no database at all " * 100)
    with pytest.raises(GradebookError, match="not a database; it is some other file") as error:
        record()
    assert str(path) in one_line(error)


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense://", "needs a driver"),
        ("oracle://me:secret@localhost/db", "needs a driver"),
        ("://", "no SQLAlchemy URL"),
        ("sqlite:////proc/none/gradebook.db", "cannot be used"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(release, url, told):
    with (
        pytest.raises(GradebookError, match=told) as error,
        Gradebook.open(url, ASSIGNMENT, release),
    ):
        pass
    assert "secret" not in one_line(error)


def test_a_database_of_another_nbgrader_is_left_alone(path, record):
    record()
    with closing(sqlite3.connect(path)) as database:
        database.execute("UPDATE alembic_version SET version_num = 'old'")
        database.commit()
    with pytest.raises(GradebookError, match="nbgrader db upgrade"):
        record()


def test_a_full_disk_loses_nothing(path, release, grades, result_of):
    large = [result_of(f"student{n}", "long " * 500, add=0, scale=0) for n in range(100)]
    with Gradebook.open(path, ASSIGNMENT, release) as gradebook:
        gradebook.record(result_of("alice", add=10, scale=20))
        gradebook._session.connection().exec_driver_sql("PRAGMA max_page_count = 1")
        with pytest.raises(GradebookError, match="full; make room and grade again"):
            deque(map(gradebook.record, large))
    assert grades("alice")["add"] == (10, False)
