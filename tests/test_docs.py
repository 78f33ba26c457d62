"""The course in docs/course.md builds and grades as it stands there."""

import json
import re

import pytest
from typer.testing import CliRunner

from autograder.cli import app
from tests.conftest import ROOT

NAMES = ("01_sums", "02_layers")
POINTS = {"01_sums": [10, 0], "02_layers": [30, 0]}
FILES = (
    "course.toml",
    "course/01_sums/01_sums.py",
    "course/01_sums/checks.py",
    "course/01_sums/wrong/weighted.py",
    "course/02_layers/02_layers.py",
    "course/02_layers/checks.py",
    "course/01_sums/equivalent.toml",
)


def run(*arguments):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output


@pytest.fixture(scope="module")
def course(tmp_path_factory):
    root = tmp_path_factory.mktemp("course")
    text = (ROOT / "docs" / "course.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:toml|python)\n(.*?)```", text, re.DOTALL)
    for name, block in zip(FILES, blocks, strict=True):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    run("build", "--course", root)
    return root


def test_the_course_of_ones_own_builds(course):
    run("build", "--check", "--course", course)


@pytest.mark.parametrize("name", NAMES)
def test_its_answers_earn_all_points_and_its_stubs_none(course, tmp_path, name):
    handed_in = tmp_path / "submitted"
    handed_in.mkdir()
    for student, folder in (("ada", "solutions"), ("bob", "assignments")):
        notebook = course / folder / name / f"{name}.ipynb"
        (handed_in / f"{student}.ipynb").write_bytes(notebook.read_bytes())
    results = tmp_path / "results.json"
    arguments = ("--course", course, "--submissions", handed_in, "--out", tmp_path / "out")
    run("grade", name, *arguments, "--json", results, "--isolation", "trusted")
    assert [result["score"] for result in json.loads(results.read_text())] == POINTS[name]
