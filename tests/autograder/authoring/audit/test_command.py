"""`autograder audit`: what it prints and writes, and its exit status."""

import io
import json
import re

from rich.console import Console
from typer.testing import CliRunner

from autograder.authoring.audit import Audited
from autograder.authoring.audit.showing import progress, show
from autograder.cli import app
from tests.autograder.authoring.audit.conftest import BEGUN
from tests.conftest import isolations

KEYS = (
    "assignment check backends mutants killed equivalent survivors misconceptions undistinguished "
    "right_answers failed_right_answers per_second"
)


def run(authored, *arguments):
    keeping = ("--course", authored.root, "--isolation", isolations()[0])
    return CliRunner().invoke(app, list(map(str, ("audit", *keeping, *arguments))))


def test_what_was_found_is_written_and_nothing_to_mend_is_success(authored, tmp_path):
    authored.write("equivalent.toml", BEGUN)
    authored.draw_more()
    path = tmp_path / "audit.json"
    done = run(authored, "01_small", "--json", path)
    assert done.exit_code == 0, done.output
    assert "smoothed" in done.output
    (found,) = json.loads(path.read_text())
    assert list(found) == KEYS.split()
    assert found["assignment"] == "01_small"
    assert found["backends"] == ["numpy"]
    assert found["mutants"] == found["killed"] + 1
    assert found["survivors"] == found["undistinguished"] == found["failed_right_answers"] == []


def test_a_survivor_is_shown_as_a_diff_and_is_no_success(authored):
    done = run(authored)
    assert done.exit_code == 1
    assert "- y = np.zeros(len(x) - 1)\n+ y = np.ones(len(x) - 1)\n" in done.output


def test_what_cannot_be_audited_is_told_in_a_line(authored):
    authored.write("equivalent.toml", BEGUN.replace("np.ones", "np.full"))
    done = run(authored)
    assert done.exit_code == 2
    assert "smoothed has no mutant" in done.output
    assert len(done.output.strip().splitlines()) == 1


def test_where_there_is_no_terminal_a_thing_is_said_once():
    console = Console(file=io.StringIO(), width=100)
    with progress(console) as watch:
        for last in ("mutants of double", "equivalents of double", "equivalents of double"):
            watch(3, 3, last)
    assert console.file.getvalue() == "3 of 3: mutants of double\n3 of 3: equivalents of double\n"


def test_the_table_says_what_is_wrong_with_how_many():
    found = Audited(
        "01", "double", ("numpy",), 9, 7, 0, ("- a\n+ b",) * 2, 4, ("x",), 3, ("y",), 1.0
    )
    console = Console(file=io.StringIO(), width=150)
    show(console, [found])
    row = console.file.getvalue().splitlines()[1]
    assert re.split(r"\s{2,}", row.strip()) == [
        *("double", "9", "7", "0", "2", "4, 1 not told apart", "3, 1 failed", "1", "numpy")
    ]
