"""Where there is no Linux, each command says so in a line; what students need goes on."""

import json
import shutil
import subprocess
import sys

import pytest

from tests.conftest import ROOT

WINDOWS = """
import ctypes, platform, signal, sys
for name in ("fcntl", "resource", "pwd", "grp", "termios"):
    sys.modules[name] = None
for name in ("SIGKILL", "SIGCHLD", "SIGBUS", "SIGXCPU", "pthread_sigmask"):
    delattr(signal, name)
def without_name(library):
    def load(name, *how, **more):
        if name is None:
            raise TypeError("argument of type 'NoneType' is not iterable")
        return library(name, *how, **more)
    return load
ctypes.CDLL, ctypes.PyDLL = map(without_name, (ctypes.CDLL, ctypes.PyDLL))
platform.system = lambda: "Windows"
from autograder.cli import app
app(sys.argv[1:])
"""


@pytest.fixture
def windows(tmp_path):
    """Runs the command where there is nothing that only Linux has, outside a course folder."""

    def run(*arguments):
        command = [sys.executable, "-c", WINDOWS, *map(str, arguments)]
        where = {"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": "/usr/bin"}
        return subprocess.run(
            command, env=where, cwd=tmp_path, capture_output=True, text=True, check=False
        )

    return run


def test_doctor_says_where_to_grade(windows):
    done = windows("doctor", "--json")
    assert (done.returncode, done.stderr) == (1, "")
    told = json.loads(done.stdout)
    assert (told["isolation"], told["minimum"]) == (None, "landlock")
    for one in told["mechanisms"]:
        assert (one["present"], one["tried"], one["works"]) == (False, "", False)
        assert (one["result"], one["remedy"][:14]) == ("Windows has none", "grade on Linux")


def test_doctors_table_says_so_too(windows):
    done = windows("doctor")
    assert (done.returncode, done.stderr) == (1, "")
    assert "isolation: none; wanted: landlock or stronger" in done.stdout
    assert "grade on Linux: in WSL 2" in done.stdout


@pytest.mark.parametrize("asked", [(), ("--isolation", "trusted")])
def test_grading_is_refused_in_a_line(windows, tmp_path, asked):
    where = ("--submissions", ROOT / "examples" / "class", "--course", ROOT, "--out", tmp_path)
    done = windows("grade", "01_convolution", *where, *asked)
    assert (done.returncode, done.stdout) == (2, "")
    (line,) = done.stderr.splitlines()
    assert "Windows has none" in line
    assert "grade on Linux" in line


def test_a_students_own_check_goes_on(windows, tmp_path):
    name = "01_convolution"
    shutil.copy(ROOT / "solutions" / name / f"{name}.ipynb", tmp_path)
    shutil.copy(ROOT / "assignments" / name / f"{name}.npz", tmp_path)
    done = windows("check", tmp_path / f"{name}.ipynb")
    assert (done.returncode, done.stderr) == (0, "")
    assert "100 of 100 points" in done.stdout
