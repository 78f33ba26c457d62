"""What a killed judge leaves is cleared away; what a living one needs is not."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from autograder.sandbox import SandboxError, sweep
from autograder.sandbox.folders import PREFIX, Folder

JUDGE = "from autograder.sandbox.folders import Folder; print(Folder().path, flush=True); input()"


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path, monkeypatch):
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr(tempfile, "tempdir", None)


@pytest.fixture
def judge():
    """Another process that has a folder."""
    command = [sys.executable, "-c", JUDGE]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        process.folder = process.stdout.readline().decode().strip()
        yield process
        process.kill()


def test_a_dead_judges_folder_is_swept_and_a_living_ones_is_not(tmp_path, judge):
    own = Folder()
    (own.path / "file").write_text("needed")
    sweep()
    assert {str(path) for path in tmp_path.iterdir()} == {str(own.path), judge.folder}
    judge.kill()
    judge.wait()
    sweep()
    assert list(tmp_path.iterdir()) == [own.path]
    own.remove()
    assert not list(tmp_path.iterdir())


def test_what_only_bears_such_a_name_is_not_followed(tmp_path):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "file").write_text("needed")
    (tmp_path / f"{PREFIX}link").symlink_to(tmp_path / "other")
    (tmp_path / f"{PREFIX}file").write_text("not a folder")
    sweep()
    assert len(list(tmp_path.iterdir())) == 3
    assert (tmp_path / "other" / "file").exists()


def test_a_folder_whose_permissions_were_taken_away_is_swept(tmp_path):
    locked = tmp_path / f"{PREFIX}0" / "scratch" / "locked"
    locked.mkdir(parents=True)
    (locked / "file").write_text("")
    locked.chmod(0)
    sweep()
    assert not list(tmp_path.iterdir())


def test_a_folder_nested_deeper_than_any_path_is_swept(tmp_path, monkeypatch):
    (tmp_path / f"{PREFIX}0").mkdir()
    monkeypatch.chdir(tmp_path / f"{PREFIX}0")
    for _ in range(3000):
        Path("nested").mkdir()
        os.chdir("nested")
    os.chdir(tmp_path)
    sweep()
    assert not list(tmp_path.iterdir())


@pytest.mark.skipif(os.geteuid() == 0, reason="root writes everywhere")
def test_a_temporary_folder_that_cannot_be_written_is_one_line(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(SandboxError, match=r"cannot be made: Permission denied; make room"):
        Folder()
