"""A child that does not answer is lost, with the reason, and nobody else notices."""

import time
from dataclasses import replace

import psutil
import pytest

from autograder.results import Lost, VerdictKind
from autograder.sandbox import Isolation, SandboxError, start

FORGE = """
import os
from autograder.protocol import encode
for fd in range(3, 64):
    try: os.write(fd, encode({"outcome": "ran", "stdout": "forged"}))
    except OSError: pass
"""


@pytest.mark.parametrize(
    ("source", "kind", "message"),
    [
        ("import time; time.sleep(60)", VerdictKind.TIMEOUT, "was still waiting after 4 s"),
        ("import os; os.kill(os.getpid(), 19)", VerdictKind.TIMEOUT, "was still waiting"),
        ("import os; os._exit(0)", VerdictKind.CRASHED, "exited with status 0 instead"),
        ("import os; os._exit(3)", VerdictKind.CRASHED, "exited with status 3 instead"),
        ("import os; os.kill(os.getpid(), 9)", VerdictKind.CRASHED, "was ended by SIGKILL"),
        ("import os; os.kill(0, 9)", VerdictKind.CRASHED, "was ended by SIGKILL"),
        ("import ctypes; ctypes.string_at(0)", VerdictKind.CRASHED, "was ended by SIGSEGV"),
        ("import os; os.abort()", VerdictKind.CRASHED, "was ended by SIGABRT"),
        ("import os; os.closerange(3, 64)", VerdictKind.CRASHED, "exited with status 1"),
        ("import os; os.write(3, b'x' * 99)", VerdictKind.CRASHED, "answered with a message of"),
        ("import os; os.write(3, bytes(12))", VerdictKind.CRASHED, "answered with not a message"),
        ("import os; os.execv('/proc/self/exe', ['x', '-c', '1'])", VerdictKind.CRASHED, "exited"),
    ],
)
def test_the_reason_is_told(wall, source, kind, message):
    with pytest.raises(Lost, match=message) as lost:
        wall.run(source, seconds=1)
    assert lost.value.kind is kind
    assert wall.run("1 + 1")["result"] == "2"


def test_what_nobody_asked_for_is_no_answer(wall, say):
    cell, call = say
    with wall.child() as child:
        cell(child, FORGE)
        time.sleep(0.2)
        with pytest.raises(Lost, match="not asked for") as lost:
            call(child, "f")
    assert lost.value.kind is VerdictKind.CRASHED


def test_a_child_that_does_not_read_is_lost_in_time(wall, say):
    import numpy as np

    cell, call = say
    with wall.child() as child:
        cell(
            child, "import os, threading\nthreading.Timer(0.1, os.kill, (os.getpid(), 19)).start()"
        )
        time.sleep(0.3)
        with pytest.raises(Lost) as lost:
            call(child, "f", np.zeros(50 << 20, np.uint8), seconds=1)
    assert lost.value.kind is VerdictKind.TIMEOUT


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np; np.ones(1 << 28)",
        "kept = []\nwhile True: kept.append(bytearray(10 << 20))",
        "'x' * (1 << 31)",
    ],
)
def test_too_much_memory_is_an_error_that_leaves_the_machine_alone(wall, source):
    limits = replace(wall.limits, memory_bytes=512 << 20)
    before = psutil.virtual_memory().available
    said = replace(wall, limits=limits).run(source)
    assert said["error"]["type"] == "MemoryError"
    assert psutil.virtual_memory().available > before - (1 << 30)


def test_memory_that_a_library_did_not_get_is_out_of_memory(wall):
    hog = "kept = []\ntry:\n  while True: kept.append(bytearray(1 << 20))\nexcept MemoryError:\n"
    limits = replace(wall.limits, memory_bytes=512 << 20)
    with pytest.raises(Lost, match="needed more than 512 MiB of memory") as lost:
        replace(wall, limits=limits).run(f"{hog}  import os; os.abort()")
    assert lost.value.kind is VerdictKind.OUT_OF_MEMORY


def test_processor_time_is_bounded(wall):
    limits = replace(wall.limits, submission_seconds=1)
    with pytest.raises(Lost, match="computed for more than 1 s in all") as lost:
        replace(wall, limits=limits).run("while True: pass")
    assert lost.value.kind is VerdictKind.TIMEOUT


def test_a_file_is_bounded(wall):
    said = wall.run("open('big', 'wb').write(bytes(40 << 20))")
    assert said["error"]["type"] == "OSError"
    assert wall.run("open('small', 'wb').write(bytes(9))")["result"] == "9"


@pytest.mark.parametrize("isolation", list(Isolation))
def test_without_its_parent_a_child_is_nobodys_fault(isolation, full, say):
    cell, _ = say
    with start(["numpy"], isolation) as parent, parent.child(full.limits) as child:
        assert cell(child, "1")["result"] == "1"
        launched = psutil.Process(parent._process.pid)
        (launched.children(recursive=True) if isolation is Isolation.FULL else [launched])[0].kill()
        with pytest.raises(SandboxError, match="warm parent"):
            cell(child, "import time; time.sleep(5)")
        with pytest.raises(SandboxError, match="warm parent"):
            parent.child(full.limits)
