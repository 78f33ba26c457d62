"""The wall stands for ordinary users, and for a copy of the project anywhere."""

import os
import shutil
import subprocess
import sys

import pytest

from autograder.sandbox import Isolation
from tests.autograder import ordinary
from tests.autograder.ordinary import PACKAGES, PROJECT

JUDGE = """
import sys
from autograder.checks import Limits
from autograder.sandbox import Isolation, start
with start(["numpy"], Isolation(sys.argv[1])) as parent, parent.child(Limits()) as child:
    child.ask({"do": "cell", "source": "import numpy\\ndef f(x): return x.sum()"}, 20)
    print(child.ask({"do": "call", "kind": "function", "name": "f", "args": [[1.0]]}, 5)["outcome"])
    print(child.ask({"do": "cell", "source": "int(numpy.arange(4).sum())"}, 5)["result"])
"""
SAID = "raised\n6\n"


def judge(isolation, python, project, **how):
    environment = {"PATH": "/usr/bin:/bin", "PYTHONPATH": f"{project}:{PACKAGES}"}
    command = [str(python), "-B", "-c", JUDGE, str(isolation)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False, **how
    )


@pytest.mark.parametrize("isolation", list(Isolation))
def test_an_ordinary_user_judges(isolation, full):  # noqa: ARG001
    ordinary.need()
    who = {"user": ordinary.USER, "group": ordinary.USER, "extra_groups": []}
    done = judge(isolation, ordinary.SYSTEM, PROJECT, cwd="/", **who)
    assert (done.stdout, done.stderr) == (SAID, "")


@pytest.mark.parametrize("isolation", list(Isolation))
def test_a_copy_below_a_temporary_folder_judges(isolation, full, tmp_path):  # noqa: ARG001
    shutil.copytree(PROJECT / "autograder", tmp_path / "clone" / "autograder")
    done = judge(isolation, sys.executable, tmp_path / "clone", cwd=tmp_path / "clone")
    assert (done.stdout, done.stderr) == (SAID, "")


def test_a_private_interpreter_is_read_by_nobody(full):
    """Where root judges, the child is another user; the interpreter may lie below root's home."""
    status = full.run("print(open('/proc/self/status').read())")["stdout"]
    assert status.split("Uid:\t")[1].split()[0] == "1000"
    outside = full.parent._surrounding.setting.user
    assert outside == (65534 if os.geteuid() == 0 else -1)
