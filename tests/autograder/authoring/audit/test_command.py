"""`autograder audit`: what it prints and writes, and its exit status."""

import json

from typer.testing import CliRunner

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
