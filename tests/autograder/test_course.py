"""A course folder says what it holds, and what is wrong with it in one line."""

import stat
from concurrent.futures import ThreadPoolExecutor
from textwrap import dedent

import pytest

from autograder.course import CourseError, open_course
from autograder.isolation import Isolation

CHECKS = """
from autograder import Check

CHECKS = [Check("double", 60, lambda x: 2 * x), Check("half", 40, lambda x: x / 2)]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "course" / "01_numbers").mkdir(parents=True)
    write_toml(tmp_path, '[assignments.01_numbers]\ntitle = "Numbers"')
    (tmp_path / "course" / "01_numbers" / "checks.py").write_text(CHECKS)
    return tmp_path


def write_toml(folder, text):
    (folder / "course.toml").write_text(dedent(text))


def test_an_assignment_has_its_files_checks_and_defaults(folder):
    course = open_course(folder)
    assignment = course.assignment("01_numbers")
    assert course.minimum_isolation is None
    assert assignment.title == "Numbers"
    assert assignment.packages == ("numpy",)
    assert [check.name for check in assignment.checks()] == ["double", "half"]
    assert assignment.release == folder / "assignments" / "01_numbers" / "01_numbers.ipynb"


def test_an_assignment_may_have_limits_and_packages_of_its_own(folder):
    write_toml(
        folder,
        """
        minimum_isolation = "trusted"
        limits = { call_seconds = 3, cell_seconds = 4 }
        [assignments.02_layers]
        packages = ["numpy", "keras"]
        limits = { call_seconds = 9 }
        """,
    )
    course = open_course(folder)
    assignment = course.assignment("02_layers")
    assert course.minimum_isolation is Isolation.TRUSTED
    assert assignment.packages == ("numpy", "keras")
    assert (assignment.limits.call_seconds, assignment.limits.cell_seconds) == (9, 4)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("title = ", "cannot be read"),
        ("titel = 'x'", "unknown ['titel'], expected some of"),
        (
            "minimum_isolation = 'some'",
            "minimum_isolation is 'some', expected full or landlock or trusted",
        ),
        ("[limits]\nseconds = 3", "unknown ['seconds']"),
        ("[assignments.x]\npakages = []", "unknown ['pakages'], expected some of"),
        ("[assignments.'../up']", "assignment '../up': letters, digits, _ and - only"),
    ],
)
def test_a_mistake_in_course_toml_is_named(folder, text, complaint):
    write_toml(folder, text + "\n[assignments.01_numbers]" * ("[assign" not in text))
    with pytest.raises(CourseError) as error:
        open_course(folder)
    assert "course.toml" in str(error.value)
    assert complaint in str(error.value)
    assert "\n" not in str(error.value)


def test_a_folder_that_is_no_course_is_named(tmp_path):
    with pytest.raises(CourseError, match=r"course\.toml does not exist; --course must name"):
        open_course(tmp_path)


def test_an_unknown_assignment_lists_the_known_ones(folder):
    with pytest.raises(CourseError, match="no assignment '99'; it has: 01_numbers"):
        open_course(folder).assignment("99")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (None, "does not exist; it states the checks"),
        ("1 / 0", "raised ZeroDivisionError"),
        ("x =", "raised SyntaxError"),
        ("", "states no CHECKS"),
        ("CHECKS = [3]", "CHECKS holds int, expected Check"),
        (CHECKS + "CHECKS *= 2", "double, half stands in CHECKS more than once"),
        (CHECKS.replace('"double"', '"do/uble"'), "check 'do/uble': letters"),
        (CHECKS.replace("2 * x)", "2 * x, kind='essay')"), "double is of kind 'essay'; known: "),
    ],
)
def test_a_mistake_in_the_checks_is_named(folder, text, complaint):
    path = folder / "course" / "01_numbers" / "checks.py"
    path.unlink()
    if text is not None:
        path.write_text(text)
    with pytest.raises(CourseError) as error:
        open_course(folder).assignment("01_numbers").checks()
    assert "checks.py" in str(error.value)
    assert complaint in str(error.value)


def test_loading_checks_leaves_nothing_behind(folder):
    before = sorted(folder.rglob("*"))
    open_course(folder).assignment("01_numbers").checks()
    assert sorted(folder.rglob("*")) == before


def test_the_secret_is_made_once_and_for_its_owner_only(folder):
    course = open_course(folder)
    secret = course.secret()
    assert len(secret) == 64
    assert course.secret() == secret
    path = folder / ".autograder_secret"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(folder.glob(".autograder_secret*")) == [path]


def test_who_asks_for_the_secret_at_the_same_time_gets_the_same(folder):
    with ThreadPoolExecutor(8) as threads:
        secrets = {threads.submit(open_course(folder).secret) for _ in range(64)}
    assert len({secret.result() for secret in secrets}) == 1
    assert [path.name for path in folder.glob(".autograder_secret*")] == [".autograder_secret"]


def test_a_short_secret_is_refused(folder):
    (folder / ".autograder_secret").write_text("short\n")
    with pytest.raises(CourseError, match="holds 5 bytes, expected 32 or more"):
        open_course(folder).secret()
