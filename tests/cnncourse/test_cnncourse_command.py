"""The command `cnncourse`, run as a user runs it."""

import subprocess
import sys

import pytest

from cnncourse import __version__, cli, models, tables


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


def test_the_version():
    assert run("--version").stdout == f"cnncourse {__version__}\n"


def test_every_style_may_be_asked_for():
    assert [style.value for style in cli.Style] == list(tables.STYLES)


@pytest.mark.parametrize("module", ["cnncourse", "cnncourse.cli", "cnncourse.arithmetic"])
def test_what_is_slow_to_import_is_not_imported_at_once(module):
    code = f"import sys, {module}; print({{'numpy', 'keras', 'tensorflow'}} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"
