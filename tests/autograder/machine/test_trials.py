"""A trial fails where its mechanism does nothing, and leaves no trace in the process that asks."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from autograder.machine import diagnose

IDLE = {
    "resource limits": ("resource.setrlimit", "more memory was given than the limit"),
    "subreaper": ("linux.prctl", "an orphan went elsewhere"),
    "process namespaces": ("namespaces.mount_processes", "processes are seen, expected one"),
    "Landlock": ("linux.landlock_restrict", "a folder that is not allowed was listed"),
    "seccomp": ("linux.filter_calls", "a call that is not allowed was made"),
}
PROGRAM = """
from autograder.machine import trials
from autograder.machine.trials import linux, namespaces, privileges, resource
{}
trials.main(-1, False, [{!r}])
"""


def tried(name, patch=""):
    command = [sys.executable, "-c", PROGRAM.format(patch, name)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)[name]


@pytest.mark.parametrize("name", IDLE)
def test_what_does_nothing_is_noticed(name):
    what, words = IDLE[name]
    assert tried(name)[0] == 0
    number, said = tried(name, f"{what} = lambda *_: None")
    assert number
    assert words in said


@pytest.mark.skipif(os.geteuid() != 0, reason="needs root")
def test_a_way_back_to_root_is_noticed():
    assert (
        "a way back to root" in tried("unprivileged user", "privileges.become = lambda *_: None")[1]
    )


def state():
    """What a trial could have changed of this process and its machine."""
    status = Path("/proc/self/status").read_text().splitlines()
    kept = ("Uid", "Gid", "Groups", "Cap", "NoNewPrivs", "Seccomp:", "SigBlk", "SigIgn")
    return (
        [line for line in status if line.startswith(kept)],
        Path("/proc/self/mountinfo").read_text(),
        Path("/proc/self/limits").read_text(),
        psutil.Process().children(recursive=True),
        [path.readlink() for path in sorted(Path("/proc/self/ns").iterdir())],
    )


def test_the_judge_stays_as_it_is():
    before = state()
    diagnose()
    assert state() == before
