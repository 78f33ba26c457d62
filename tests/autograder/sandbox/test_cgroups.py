"""Cgroups are found where there are any, hold what they should, and are gone afterwards."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.checks import Limits
from autograder.sandbox import cgroups
from autograder.sandbox.cgroups import Group, Place

LIMITS = Limits(memory_bytes=64 << 20, processes=10)
OURS = "autograder-"

SEPARATE = """
35 31 0:32 / {root}/memory rw,relatime - cgroup cgroup rw,memory
39 31 0:36 / {root}/pids rw,relatime - cgroup cgroup rw,pids
40 31 0:37 / {root}/systemd rw,relatime - cgroup cgroup rw,name=systemd
41 31 0:38 / {root}/unified rw,relatime - cgroup2 cgroup2 rw
"""
TOGETHER = "35 31 0:32 / {root}/both rw shared:9 - cgroup cgroup rw,pids,memory"
CONTAINED = "35 31 0:32 /docker/7f {root}/memory rw - cgroup cgroup rw,memory"
UNIFIED = "30 24 0:26 / {root} rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate"

USER = "user.slice/user-1000.slice/user@1000.service"
HIERARCHIES = {
    "one for each": (
        SEPARATE,
        "8:pids:/\n4:memory:/own\n1:name=systemd:/x\n0::/",
        [[("memory/own", ("memory",), 1)], [("pids", ("pids",), 1)], []],
    ),
    "one for both": (TOGETHER, "4:pids,memory:/", [[("both", ("memory", "pids"), 1)]]),
    "a container's": (CONTAINED, "4:memory:/docker/7f", [[("memory", ("memory",), 1)]]),
    "another's": (CONTAINED, "4:memory:/docker/8a", []),
    "version 2": (
        UNIFIED,
        f"0::/{USER}/app.slice/tmux.scope",
        [[(f"{USER}/app.slice", ("memory", "pids"), 2), ("user.slice", ("memory",), 2)]],
    ),
    "none": ("", "0::/", []),
}


@pytest.mark.parametrize("name", HIERARCHIES)
def test_where_cgroups_may_be_made(tmp_path, name):
    mounts, memberships, expected = HIERARCHIES[name]
    for folder, handed_down in ((f"{USER}/app.slice", "cpu memory pids"), ("user.slice", "memory")):
        (tmp_path / folder).mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / "cgroup.subtree_control").write_text(f"{handed_down}\n")
    found = cgroups._candidates(mounts.strip().format(root=tmp_path), memberships)
    assert [
        [(str(one.folder.relative_to(tmp_path)), one.controllers, one.version) for one in places]
        for places in found
    ] == expected


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        (
            Place(Path(), ("memory",), 1),
            {"memory.limit_in_bytes": 80 << 20, "memory.memsw.limit_in_bytes": 80 << 20},
        ),
        (
            Place(Path(), ("memory", "pids"), 2),
            {"memory.max": 80 << 20, "memory.swap.max": 0, "pids.max": 11},
        ),
    ],
)
def test_what_is_written_leaves_room_for_the_supervisor(place, expected):
    assert dict(place.settings(LIMITS)) == expected


@pytest.mark.parametrize(
    ("version", "files", "killed", "hit"),
    [
        (2, {"memory.events": "low 0\nmax 0\noom_kill 0\n", "pids.events": "max 0\n"}, False, ()),
        (2, {"memory.events": "max 31\noom_kill 0\n"}, False, ("memory_bytes",)),
        (2, {"memory.events": "max 31\noom_kill 1\n"}, True, ("memory_bytes",)),
        (2, {"pids.events": "max 3\n"}, False, ("processes",)),
        (
            1,
            {"memory.oom_control": "under_oom 0\noom_kill 0\n", "memory.failcnt": "0\n"},
            False,
            (),
        ),
        (
            1,
            {"memory.oom_control": "oom_kill 2\n", "memory.failcnt": "9\n"},
            True,
            ("memory_bytes",),
        ),
        (1, {"memory.memsw.failcnt": "9\n"}, False, ("memory_bytes",)),
        (1, {}, False, ()),
    ],
)
def test_the_kernels_counters_are_read(tmp_path, version, files, killed, hit):
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    group = Group([(tmp_path, Place(tmp_path, ("memory", "pids"), version))])
    assert group.killed() is killed
    assert group.hit() == frozenset(hit)


@pytest.fixture
def made():
    """Cgroups of this machine."""
    found = cgroups.find()
    if not found.bounded:
        pytest.skip("this machine gives us no cgroups")
    return found


def ours(found):
    """What lies in the places, by name."""
    return {path for place in found._places for path in place.folder.glob(f"{OURS}*")}


def test_who_writes_to_the_entrances_is_held_and_counted(made):
    group = made.make(LIMITS)
    program = "import sys\nfor _ in range(200): kept = bytearray(1 << 20) * 150"
    script = ["/bin/sh", "-c", 'echo 0; echo 0 >&2; exec "$@" >&- 2>&-', "sh"]
    outputs = {"stdout": group.entrances[0], "stderr": group.entrances[-1]}
    tried = subprocess.run([*script, sys.executable, "-S", "-c", program], check=False, **outputs)
    assert "memory_bytes" not in made.bounded or tried.returncode == -9
    assert group.killed() is ("memory_bytes" in made.bounded)
    assert group.hit() >= ({"memory_bytes"} & set(made.bounded))
    group.remove()
    assert not any(folder.exists() for folder, _ in group.folders)


def test_what_a_killed_judge_has_left_is_swept_and_a_living_ones_is_not(made):
    living = made.make(LIMITS)
    script = "from autograder.sandbox import cgroups\nfrom autograder.checks import Limits\n"
    script += "group = cgroups.find().make(Limits())\nprint(*(f for f, _ in group.folders))\n"
    script += "import sys; sys.stdout.flush(); input()"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as judge:
        left = {Path(name) for name in judge.stdout.readline().decode().split()}
        cgroups.find()
        assert left
        assert left <= ours(made)
        judge.kill()
    cgroups.find()
    assert not left & ours(made)
    assert all(folder.exists() for folder, _ in living.folders)
    living.remove()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may")
def test_who_may_make_none_has_none(tmp_path):
    tmp_path.chmod(0o500)
    assert not cgroups._works(Place(tmp_path, ("memory",), 1))
