"""Whoever wants more than a limit is told which; nothing else notices, and nothing is left."""

import os
from dataclasses import replace
from pathlib import Path

import psutil
import pytest

from autograder.checks import Limits
from autograder.kinds.raised import raised
from autograder.results import Lost, VerdictKind
from autograder.sandbox import Isolation, cgroups, parent, start

LIMITS = Limits(memory_bytes=512 << 20, processes=32)

ARRAY = "import numpy\nnumpy.ones(1 << 28)"
SHARED = """
import mmap, time
try:
    kept = [mmap.mmap(-1, 32 << 20) for _ in range(40)]
except PermissionError as refused:  # where a wall has none that is in no file
    raise MemoryError from refused
for one in kept:
    one.write(bytes(32 << 20))
time.sleep(1)
"""
FAMILY = """
import os, time
reading, writing = os.pipe()
for _ in range(8):
    if os.fork() == 0:
        held = b"x" * (120 << 20)
        os.write(writing, b"x")
        time.sleep(60)
        os._exit(0)
for _ in range(8): os.read(reading, 1)
time.sleep(1)
"""
FORKS = (
    "import os, time\nfor _ in range(100):\n    if os.fork() == 0: time.sleep(60)\ntime.sleep(5)"
)
THREADS = """
import threading, time
for _ in range(40):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
time.sleep(5)
"""
MUCH = """
import time
for number in range(10):
    open(f"{FOLDER}{number}", "wb").write(bytes(20 << 20))
time.sleep(1)
"""
DELETED = """
import os, time
kept = []
for number in range(10):
    kept.append(open("file", "wb"))
    kept[-1].write(bytes(20 << 20))
    os.unlink("file")
time.sleep(1)
"""
MANY = "import time\nfor n in range(6000): open(f'file{n}', 'wb').close()\ntime.sleep(1)"
DEEP = "import os, time\nfor n in range(6000): os.mkdir('a'); os.chdir('a')\ntime.sleep(1)"
LARGE = "open('large', 'wb').write(bytes(40 << 20))"
OPEN = "kept = [open('/dev/null') for _ in range(300)]"

SPENDERS = {
    "an array": ("memory_bytes", ARRAY),
    "a text": ("memory_bytes", "'x' * (1 << 31)"),
    "shared memory": ("memory_bytes", SHARED),
    "a family": ("memory_bytes", FAMILY),
    "forks": ("processes", FORKS),
    "threads": ("processes", THREADS),
    "much": ("scratch_bytes", MUCH.replace("{FOLDER}", "")),
    "many files": ("scratch_files", MANY),
    "many folders": ("scratch_files", DEEP),
    "a large file": ("file_bytes", LARGE),
    "open files": ("open_files", OPEN),
}
EXPECTED = {
    "memory_bytes": "needed more than 512 MiB of memory",
    "processes": "started more than 32 processes or threads",
    "scratch_bytes": "wrote more than 64 MiB of files",
    "scratch_files": "made more than 4096 files",
    "file_bytes": "wrote a file of more than 32 MiB",
    "open_files": "opened more than 256 files at a time",
}


@pytest.fixture(scope="module")
def full_without(full):  # noqa: ARG001
    yield from without_cgroups(Isolation.FULL)


@pytest.fixture(scope="module")
def landlock_without(landlock):  # noqa: ARG001
    yield from without_cgroups(Isolation.LANDLOCK)


@pytest.fixture(scope="module")
def trusted_without():
    yield from without_cgroups(Isolation.TRUSTED)


def without_cgroups(isolation):
    """A warm parent on a machine that gives it no cgroups."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(parent, "find", cgroups.Cgroups)
        with start(["numpy"], isolation) as started:
            assert started.environment["cgroups"] == "none"
            yield type("Without", (), {"parent": started})


TIERS = ["full", "landlock", "trusted"]


@pytest.fixture(params=[*TIERS, *(f"{name}_without" for name in TIERS)])
def tier(request):
    started = request.getfixturevalue(request.param).parent
    before = holdings(started)
    yield started
    assert holdings(started) - before == set()


def holdings(started):
    """Our processes, mounts, cgroups and scratch folders."""
    processes = {process.pid for process in psutil.Process().children(recursive=True)}
    mounts = set(Path("/proc/self/mountinfo").read_text().splitlines())
    places = cgroups.find()._places
    own = f"{cgroups.PREFIX}{os.getpid()}-*"
    groups = {path for place in places for path in place.folder.glob(own)}
    scratch = getattr(started._surrounding, "_scratch", None)
    return processes | mounts | groups | set(scratch.iterdir() if scratch else ())


def outcome(tier, source, limits=LIMITS):
    """The kind and the words of what comes of a cell."""
    with tier.child(limits) as child:
        try:
            answer = child.ask({"do": "cell", "source": source}, 20.0)
        except Lost as lost:
            return lost.kind, str(lost)
        return raised(answer["error"], limits) if answer["error"] else (None, answer["stdout"])


@pytest.mark.parametrize("what", SPENDERS)
def test_the_limit_is_named_with_its_value(tier, what):
    limit, source = SPENDERS[what]
    kind, words = outcome(tier, source)
    assert words.startswith(EXPECTED[limit])
    starved = limit == "memory_bytes"
    assert (kind is VerdictKind.OUT_OF_MEMORY) == starved
    assert outcome(tier, "print(1 + 1)") == (None, "2\n")


def test_what_is_below_the_limits_is_let_be(tier):
    source = "\n".join(
        [
            "import numpy, os, threading, time",
            "kept = numpy.ones(10 << 20)",
            "for n in range(2): open(f'much{n}', 'wb').write(bytes(30 << 20))",
            "for n in range(4000): open(f'many{n}', 'wb').close()",
            "for _ in range(20):",
            "    threading.Thread(target=time.sleep, args=(1,)).start()",
            "kept = [open('/dev/null') for _ in range(200)]",
            "time.sleep(0.3)",
            "print('fine')",
        ]
    )
    assert outcome(tier, source) == (None, "fine\n")


def test_a_thread_that_finds_no_memory_is_told_so(tier):
    limits = replace(LIMITS, memory_bytes=256 << 20, processes=200)  # 8 MiB are a thread's
    kind, words = outcome(tier, THREADS, limits)
    assert kind is VerdictKind.OUT_OF_MEMORY
    assert words.startswith("needed more than 256 MiB of memory: RuntimeError: can't start new")


def test_limits_are_what_they_are_set_to(tier):
    wide = replace(LIMITS, memory_bytes=3 << 30, file_bytes=60 << 20, open_files=400)
    assert outcome(tier, f"{ARRAY}\n{LARGE}\n{OPEN}\nprint('fine')", wide) == (None, "fine\n")


@pytest.mark.parametrize("folder", ["/tmp/", "/dev/shm/"])
def test_behind_the_wall_all_that_is_written_counts_together(full, folder):
    _, words = outcome(full.parent, MUCH.replace("{FOLDER}", folder))
    assert words.startswith("wrote more than 64 MiB of files: OSError")


@pytest.mark.skipif(os.geteuid() != 0, reason="who has deleted files open is not told to others")
def test_files_that_have_been_deleted_count_while_they_are_open(tier):
    _, words = outcome(tier, DELETED)
    assert words.startswith("wrote more than 64 MiB of files")


def test_a_folder_that_cannot_be_read_takes_no_longer(tier):
    assert outcome(tier, "import os, time\nos.mkdir('shut', 0)\ntime.sleep(0.5)") == (None, "")


def test_folders_may_lie_deeper_than_a_path_may_be_long(tier):
    deep = "for n in range(500): os.mkdir('a' * 20); os.chdir('a' * 20)"
    again = "open('file', 'w').close()\nos.chdir(os.environ['HOME'])"
    other = deep.replace("'a'", "'b'")
    source = f"import os, time\n{deep}\n{again}\n{other}\ntime.sleep(0.5)"
    assert outcome(tier, source) == (None, "")


def test_what_a_fork_was_born_with_is_not_its_own(tier):
    source = "\n".join(
        [
            "import os, time",
            "for _ in range(10):",
            "    if os.fork() == 0: time.sleep(1); os._exit(0)",
            "for _ in range(10): os.wait()",
            "print('fine')",
        ]
    )
    narrow = replace(LIMITS, memory_bytes=300 << 20)
    assert outcome(tier, source, narrow) == (None, "fine\n")
