"""The command answers at once, and imports nothing heavy before it must."""

import shutil
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from autograder import __version__
from autograder.cli import app
from tests.conftest import ROOT

HEAVY = ("numpy", "nbformat", "IPython", "nbgrader", "keras", "tensorflow", "matplotlib")


def run(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


@pytest.mark.parametrize("package", ["autograder", "cnncourse"])
def test_help_imports_nothing_heavy(package):
    code = f"""
import sys
from {package}.cli import app
try:
    app(["--help"])
finally:
    print([name for name in {HEAVY} if name in sys.modules])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_importing_autograder_imports_nothing_heavy():
    code = f"import sys, autograder; print([name for name in {HEAVY} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_version_is_told():
    assert run("--version").output.strip() == f"autograder {__version__}"


def test_every_command_has_help():
    for command in ("grade", "check", "build", "doctor"):
        result = run(command, "--help")
        assert result.exit_code == 0
        assert "Usage" in result.output


def test_an_unknown_isolation_is_refused(tmp_path):
    result = run("grade", "x", "--submissions", tmp_path, "--isolation", "none")
    assert result.exit_code == 2
    assert "'none'" in result.output


@pytest.fixture
def notebook(tmp_path, monkeypatch):
    def take(student):
        name = "01_convolution"
        shutil.copy(ROOT / "examples" / "class" / student / name / f"{name}.ipynb", tmp_path)
        shutil.copy(ROOT / "assignments" / name / f"{name}.npz", tmp_path)
        monkeypatch.chdir(tmp_path)
        return tmp_path / f"{name}.ipynb"

    return take


def test_checking_a_right_notebook_passes(notebook):
    result = run("check", notebook("right_with_loops"))
    assert result.exit_code == 0, result.output
    assert "100 of 100 points" in result.output


def test_checking_a_wrong_notebook_says_what_is_wrong_and_fails(notebook):
    result = run("check", notebook("kernel_flipped"))
    assert result.exit_code == 1
    assert "75 of 100 points" in result.output
    told = " ".join(result.output.split())
    assert "element [0, 0] is 1256, expected 6521" in told
    assert "element [0, 0] = 1·1 + 2·10 + 5·100 + 6·1000 = 6521; yours 1256" in told


def test_checking_no_notebook_is_one_line(tmp_path):
    result = run("check", tmp_path / "missing.ipynb")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert "missing.ipynb" in result.output


def test_the_built_notebooks_are_fresh():
    result = run("build", "--check", "--course", ROOT)
    assert result.exit_code == 0, result.output


def test_a_dry_run_says_who_and_what_and_writes_nothing(tmp_path):
    out = tmp_path / "out"
    arguments = ("--submissions", ROOT / "examples" / "class", "--course", ROOT, "--out", out)
    result = run("grade", "01_convolution", *arguments, "--student", "empty", "--dry-run")
    assert result.exit_code == 0, result.output
    assert "1 submission, checks: conv1d (10)" in " ".join(result.output.split())
    assert not out.exists()
