"""Whatever a submission starts or writes is gone when its child is closed."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from autograder.sandbox import Isolation, start

DAEMON = """
import os, signal, time
for wanted in range(3):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            for number in (1, 2, 15):
                signal.signal(number, signal.SIG_IGN)
            time.sleep(600)
        os._exit(0)
"""

BOMB = """
import os, time
born = 0
for _ in range(200):
    try:
        if os.fork() == 0:
            time.sleep(600)
    except OSError:
        break
    born += 1
print(born)
"""


def below():
    """All processes below this one, but for the warm parents' own."""
    return {process.pid for process in psutil.Process().children(recursive=True)}


def holdings():
    """Processes, open descriptors and mounts."""
    own = Path("/proc/self")
    return below(), len(list((own / "fd").iterdir())), (own / "mountinfo").read_text()


@pytest.mark.parametrize("source", [DAEMON, BOMB], ids=["daemons", "bomb"])
def test_no_process_is_left(wall, say, source):
    cell, _ = say
    before = below()
    with wall.child() as child:
        cell(child, source)
        assert len(below() - before) > 3
    assert below() - before == set()


def test_a_fork_bomb_is_bounded(full):
    assert 20 < int(full.run(BOMB)["stdout"]) < full.limits.processes


def test_threads_are_bounded(full):
    started = "threading.Thread(target=time.sleep, args=(60,), daemon=True).start()"
    many = f"import threading, time\nfor _ in range(200): {started}"
    assert full.run(many)["error"]["type"] == "RuntimeError"


def test_a_killed_supervisor_leaves_nothing_either(trusted, say):
    cell, _ = say
    before = below()
    with trusted.child() as child:
        cell(child, DAEMON)
        cell(child, "import threading; threading.Timer(0.2, os.kill, (os.getppid(), 9)).start()")
        time.sleep(0.5)
    assert below() - before == set()


def test_twenty_children_leave_no_process_mount_or_descriptor(wall):
    wall.run("1")
    before = holdings()
    for _ in range(20):
        assert wall.run("open('left', 'w').write('x')")["error"] is None
    assert holdings() == before


@pytest.mark.parametrize("isolation", list(Isolation))
def test_a_closed_parent_leaves_nothing(isolation, full, say, tmp_path, monkeypatch):
    cell, _ = say
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    before = below()
    with start(["numpy"], isolation) as parent:
        child = parent.child(full.limits)
        cell(child, f"{DAEMON}\nos.makedirs('deep/er'); os.chmod('deep', 0)")
    child.close()
    assert below() - before == set()
    assert list(tmp_path.iterdir()) == []


def test_a_judge_that_is_killed_leaves_no_process(wall, tmp_path):
    """The warm parent ends with the judge's end of its socket."""
    script = tmp_path / "judge.py"
    script.write_text(
        "import os, sys, time\n"
        "from autograder.checks import Limits\n"
        "from autograder.sandbox import Isolation, start\n"
        "parent = start(['numpy'], Isolation(sys.argv[1]))\n"
        "child = parent.child(Limits())\n"
        "source = 'import os, time\\nif os.fork() == 0: time.sleep(600)'\n"
        "child.ask({'do': 'cell', 'source': source}, 9)\n"
        "print('ready', flush=True); time.sleep(600)\n"
    )
    command = [sys.executable, str(script), str(wall.parent.isolation)]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) as judge:
        assert judge.stdout.readline() == b"ready\n"
        family = psutil.Process(judge.pid).children(recursive=True)
        assert len(family) >= 3
        judge.kill()
    _, alive = psutil.wait_procs(family, timeout=10)
    assert alive == []
