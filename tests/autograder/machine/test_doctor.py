"""The command: a table or JSON, and an exit status for scripts."""

import json

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from autograder.machine.mechanisms import MECHANISMS
from tests.conftest import ROOT, isolations

STRONGEST = isolations()[0]


def doctor(*arguments):
    return CliRunner().invoke(app, ["doctor", *map(str, arguments)])


@pytest.fixture
def course(tmp_path):
    """A course folder with what course.toml says."""

    def make(text):
        (tmp_path / "course.toml").write_text(text)
        return tmp_path

    return make


def test_json_is_one_object_with_every_mechanism():
    told = json.loads(doctor("--json").stdout)
    assert list(told) == ["isolation", "minimum", "python", "platform", "mechanisms"]
    assert [one["name"] for one in told["mechanisms"]] == list(MECHANISMS)
    fields = ["name", "purpose", "present", "tried", "works", "result", "remedy"]
    assert all(list(one) == fields for one in told["mechanisms"])
    assert told["isolation"] == STRONGEST
    shape = f"{{{', '.join(list(told)[:-1])}, mechanisms: [{{{', '.join(fields)}}}]}}"
    assert shape in (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")


def test_the_table_ends_with_the_tier():
    lines = doctor().stdout.splitlines()
    assert lines[-1] == f"isolation: {STRONGEST}; wanted: landlock or stronger"
    assert {name for name in MECHANISMS if any(line.startswith(name) for line in lines)} == {
        *MECHANISMS
    }


@pytest.mark.parametrize("minimum", ["full", "landlock", "trusted"])
def test_the_course_says_the_minimum(course, minimum):
    root = course(f'minimum_isolation = "{minimum}"')
    done = doctor("--course", root, "--json")
    assert json.loads(done.stdout)["minimum"] == minimum
    assert done.exit_code == (0 if STRONGEST.reaches(minimum) else 1)


def test_in_a_course_folder_it_need_not_be_named(course, monkeypatch):
    monkeypatch.chdir(course('minimum_isolation = "full"'))
    assert json.loads(doctor("--json").stdout)["minimum"] == "full"


def test_our_own_course_states_none():
    assert json.loads(doctor("--course", ROOT, "--json").stdout)["minimum"] == "landlock"


def test_less_than_the_minimum_is_exit_status_1(course, monkeypatch):
    monkeypatch.setenv("PATH", "/nowhere")
    done = doctor("--course", course('minimum_isolation = "full"'))
    assert done.exit_code == 1
    assert "full needs bubblewrap (it is not installed): install bubblewrap" in done.stdout


def test_a_course_that_is_none_is_a_line(tmp_path):
    done = doctor("--course", tmp_path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "course.toml does not exist" in done.stderr
