"""The command `cnncourse`, run as a user runs it."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from cnncourse import __version__, cli, models, profile_model, tables


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """In a process of its own, where TensorFlow has yet to start and to talk."""
    code = "from cnncourse.cli import app; app()"
    return subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, encoding="utf-8"
    )


def test_a_summary_is_the_table_and_nothing_else():
    result = run("summary", "mnist_cnn", "--style", "markdown")
    assert result.stderr == ""
    assert result.stdout == tables.markdown(tables.summarize(models.build("mnist_cnn"))) + "\n"
    assert result.returncode == 0


def test_an_unknown_model_is_answered_in_one_line():
    result = run("summary", "mnist")
    assert result.stderr == f"name is 'mnist'; it must be one of: {', '.join(models.NAMES)}\n"
    assert result.stdout == ""
    assert result.returncode == 2


def test_a_profile_is_the_table_and_nothing_else():
    result = run("profile", "lenet", "--format", "csv")
    assert result.stderr == ""
    name, *lines = result.stdout.splitlines()
    header, *expected = tables.csv(profile_model(models.build("lenet"))).splitlines()
    assert (name, lines[1:]) == (header, expected[1:])  # the input's name counts on
    assert result.returncode == 0


def test_a_profile_of_a_file(tmp_path):
    models.build("lenet").save(tmp_path / "model.keras")
    arguments = ["profile", str(tmp_path / "model.keras"), "--format", "json"]
    result = CliRunner().invoke(cli.app, arguments)
    assert json.loads(result.stdout)["totals"]["macs"] == 416_520


def test_a_profile_of_what_is_no_model_is_refused_in_one_line(tmp_path):
    (tmp_path / "broken.keras").write_bytes(b"PK nothing")
    (tmp_path / "model.h5").touch()
    known = ", ".join(models.NAMES)
    refusals = {
        "mnist": f"name is 'mnist'; it must be a .keras file or one of: {known}",
        tmp_path / "model.h5": f"{tmp_path}/model.h5 is no .keras file; save one with",
        tmp_path / "broken.keras": f"{tmp_path}/broken.keras cannot be read as a model: ",
    }
    for name, complaint in refusals.items():
        result = CliRunner().invoke(cli.app, ["profile", str(name)])
        assert result.stderr.startswith(complaint)
        assert (result.stderr.count("\n"), result.stdout, result.exit_code) == (1, "", 2)


def test_every_format_may_be_asked_for():
    assert [output.value for output in cli.Format] == list(tables.FORMATS)


def test_the_version():
    assert run("--version").stdout == f"cnncourse {__version__}\n"


def test_every_style_may_be_asked_for():
    assert [style.value for style in cli.Style] == list(tables.STYLES)


@pytest.mark.parametrize("module", ["cnncourse", "cnncourse.cli", "cnncourse.arithmetic"])
def test_what_is_slow_to_import_is_not_imported_at_once(module):
    code = f"import sys, {module}; print({{'numpy', 'keras', 'tensorflow'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
