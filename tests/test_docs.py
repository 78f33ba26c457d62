"""The course in docs/grading.md builds and grades as it stands there."""

import json
import re

from typer.testing import CliRunner

from autograder.cli import app
from tests.conftest import ROOT

FILES = ("course.toml", "course/01_sums/01_sums.py", "course/01_sums/checks.py")


def run(*arguments):
    result = CliRunner().invoke(app, list(map(str, arguments)))
    assert result.exit_code == 0, result.output


def test_the_course_of_ones_own_builds_and_grades(tmp_path):
    text = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")
    section = text[text.index("## A course of your own") :]
    blocks = re.findall(r"```(?:toml|python)\n(.*?)```", section, re.DOTALL)
    for name, block in zip(FILES, blocks, strict=True):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(block, encoding="utf-8")
    run("build", "--course", tmp_path)
    run("build", "--check", "--course", tmp_path)
    handed_in = tmp_path / "submitted"
    handed_in.mkdir()
    for student, folder in (("ada", "solutions"), ("bob", "assignments")):
        notebook = tmp_path / folder / "01_sums" / "01_sums.ipynb"
        (handed_in / f"{student}.ipynb").write_bytes(notebook.read_bytes())
    results = tmp_path / "results.json"
    arguments = ("--course", tmp_path, "--submissions", handed_in, "--out", tmp_path / "out")
    run("grade", "01_sums", *arguments, "--json", results, "--isolation", "trusted")
    assert [result["score"] for result in json.loads(results.read_text())] == [10, 0]
