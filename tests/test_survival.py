"""A run that is disturbed: the same command goes on from what was graded, and nothing differs."""

import os
import random
import re
import shutil
import signal
import sqlite3
import subprocess
from contextlib import suppress

import psutil
import pytest

from tests.tiny import RIGHT, WAITING, Tiny, until

pytestmark = pytest.mark.slow

SEEDS = range(8)
STUDENTS = [f"student{n}" for n in range(10)]
WRONG = ["def double(x):\n    return x", "def double(x):\n    return x ** 2", "1 / 0"]


@pytest.fixture
def tiny(tmp_path):
    tmp_path.chmod(0o755)
    return Tiny(tmp_path)


def fill(tiny, log=None):
    """A class: right answers, wrong ones, prints, and one notebook that is none."""
    for n, student in enumerate(STUDENTS):
        wrong = {} if n % 3 else {"double": WRONG[n // 3 % len(WRONG)]}
        begun = [f"print({student!r}, file=open({str(log)!r}, 'a'))"] if log else []
        tiny.hand_in(student, *begun, f"import time; time.sleep(0.1); print({n})", **wrong)
    (tiny.submitted / STUDENTS[-1] / "01_tiny" / "01_tiny.ipynb").write_text("no notebook")


def kill(tiny, seed):
    """Kill a run at a random moment after it has begun; how often each student ran until then."""
    draw = random.Random(seed)
    process = tiny.begin()
    until(tiny.out.exists, process)
    wanted = len(tiny.kept()) + draw.randrange(3)
    until(lambda: len(tiny.kept()) >= wanted or process.poll() is not None)
    with suppress(subprocess.TimeoutExpired):
        process.wait(draw.uniform(0, 1))
    if process.poll() is None:
        family = psutil.Process(process.pid).children(recursive=True)
        os.killpg(process.pid, signal.SIGKILL)
        _, alive = psutil.wait_procs(family, timeout=60)
        assert not alive
    process.communicate()


def test_a_run_that_is_killed_goes_on_and_nothing_differs(tiny, tmp_path):
    log = tmp_path / "log"
    log.touch()
    log.chmod(0o666)
    fill(tiny, log)
    tiny.grade()
    undisturbed = tiny.outcome()
    shutil.rmtree(tiny.out)
    log.write_text("")
    for seed in SEEDS:
        before = tiny.kept()
        log.write_text("")
        kill(tiny, seed)
        again = set(before) & set(log.read_text().split())
        assert not again, f"seed {seed}: {again} had been graded, and were again"
    tiny.grade()
    assert tiny.outcome() == undisturbed
    assert sorted(tiny.kept()) == STUDENTS[:-1]
    assert not list(tiny.temporary.iterdir())
    assert not [path for path in tiny.out.rglob("*") if path.name.endswith(".draft")]


@pytest.fixture
def waiting(tiny, tmp_path):
    """A class of which all but the first wait until the test lets them go on."""
    tiny.flag = tmp_path / "go on"
    tiny.hand_in("ada")
    for student in ("bob", "cleo", "dan"):
        tiny.hand_in(student, WAITING.format(path=str(tiny.flag)))
    return tiny


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_says_what_is_kept_and_goes_on(waiting, number):
    process = waiting.begin()
    until(lambda: waiting.kept() == ["ada"], process)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(number)
    process.send_signal(signal.SIGTERM)  # once is enough; of two the lower number comes first
    told, _ = process.communicate(timeout=60)
    assert process.returncode == 128 + number
    line = "stopped: 1 of 4 submissions are graded and kept; the same command goes on from there"
    assert told.splitlines()[-1] == line
    # Who has been ended is gone when its new parent has noticed, which is none of ours.
    _, left = psutil.wait_procs(family, timeout=30)
    assert not [one for one in left if one.status() != psutil.STATUS_ZOMBIE]
    assert not list(waiting.temporary.iterdir())
    waiting.flag.touch()
    assert "4 submissions" in waiting.grade()
    assert waiting.scores() == dict.fromkeys(["ada", "bob", "cleo", "dan"], 100)
    assert sorted(waiting.kept()) == ["ada", "bob", "cleo", "dan"]


def test_a_second_grader_is_told_who_is_at_work(waiting):
    process = waiting.begin()
    until(lambda: waiting.kept() == ["ada"], process)
    told = waiting.grade(status=2)
    judge = psutil.Process(process.pid)
    assert f"is being written by process {judge.pid}, grading 01_tiny since 2" in told
    waiting.flag.touch()
    assert "4 submissions" in process.communicate()[0]


def test_a_database_that_gets_locked_is_told_once_and_written_next_time(waiting):
    process = waiting.begin()
    until(lambda: (waiting.out / "receipts" / "01_tiny" / "ada.json").exists(), process)
    with sqlite3.connect(waiting.out / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        waiting.flag.touch()
        told, _ = process.communicate()
        other.execute("ROLLBACK")
    other.close()
    assert process.returncode == 1
    (line,) = (line for line in told.splitlines() if "could not be written" in line)
    assert "and 2 more could not be written" in line
    assert "database is locked" in line
    disturbed = waiting.outcome()
    assert "4 of them from the journal" in waiting.grade()
    mended = waiting.outcome()
    assert {name for name in mended if mended[name] != disturbed[name]} == {"gradebook"}
    assert not disturbed["gradebook"].keys() & {("01_tiny", "bob"), ("01_tiny", "cleo")}
    assert len(mended["gradebook"]) == 4


def test_a_database_that_is_locked_or_read_only_is_told_at_once(waiting):
    waiting.flag.touch()
    waiting.grade()
    address = f"sqlite:///file:{waiting.out / 'gradebook.db'}?mode=ro&uri=true"
    for_reading = waiting.grade("--database", address, status=2)
    assert "readonly database; make it" in for_reading
    with sqlite3.connect(waiting.out / "gradebook.db", isolation_level=None) as other:
        other.execute("BEGIN EXCLUSIVE")
        locked = waiting.grade(status=2)
    other.close()
    assert "database is locked; close what is writing to it" in locked
    assert len(locked.splitlines()) == len(for_reading.splitlines()) == 1


def test_an_output_folder_that_vanishes_is_told_and_what_it_kept_counts_when_it_is_back(waiting):
    process = waiting.begin()
    until(lambda: (waiting.out / "receipts" / "01_tiny" / "ada.json").exists(), process)
    away = waiting.out.rename(waiting.root / "away")
    waiting.flag.touch()
    told, _ = process.communicate()
    assert process.returncode == 2
    assert told.splitlines()[-1].endswith(
        "01_tiny.journal cannot be written: No such file or directory; "
        "mend that and run the same command again; what was graded until then is kept"
    )
    assert not waiting.out.exists()
    away.rename(waiting.out)
    assert "1 of them from the journal" in waiting.grade()


@pytest.fixture
def mounted(tiny):
    """Runs a script with mounts of its own, in which "$@" grades; what it shows, and statuses."""
    if os.geteuid() != 0:
        pytest.skip("only root may mount")

    def run(script, place):
        place.mkdir(parents=True)
        words = ["unshare", "--mount", "sh", "-c", script, str(place), *tiny.words()]
        done = subprocess.run(words, capture_output=True, text=True, timeout=300)
        return done.stdout + done.stderr

    return run


FULL = """
mount -t tmpfs -o size=4m tmpfs "$0"
head -c 100m /dev/zero > "$0/filler" 2>/dev/null
"$@"; echo "status $?"
rm "$0/filler"; "$@"; echo "status $?"
"""
FILLING = """
mount -t tmpfs -o size=24k tmpfs "$0"
"$@"; echo "status $?"
mount -o remount,size=4m "$0"
"$@"; echo "status $?"
"""
READ_ONLY = """
mount -t tmpfs tmpfs "$0"; mount -o remount,ro "$0"
"$@"; echo "status $?"
mount -o remount,rw "$0"; "$@"; echo "status $?"
"""


def test_a_disk_that_is_full_is_told_at_once(tiny, mounted):
    tiny.hand_in("ada")
    told = mounted(FULL, tiny.out)
    assert told.count("status") == 2
    assert "status 2" in told
    assert "status 0" in told
    (line,) = (line for line in told.splitlines() if line.startswith("autograder:"))
    assert "cannot be written: No space left on device" in line


def test_a_disk_that_gets_full_is_told_and_the_next_run_goes_on(tiny, mounted):
    for n, student in enumerate(STUDENTS):
        noise = f"import random; random.seed({n}); print(random.randbytes(3000).hex())"
        tiny.hand_in(student, noise)
    told = mounted(FILLING, tiny.journal.parent)
    (line,) = (line for line in told.splitlines() if line.startswith("autograder:"))
    assert "01_tiny.journal cannot be written: No space left on device; mend that and" in line
    assert told.count("status 2") == told.count("status 0") == 1
    assert "was torn" not in told
    known = int(re.search(r"(\d+) of them from the journal", told)[1])
    assert 0 < known < len(STUDENTS)
    assert tiny.scores() == dict.fromkeys(STUDENTS, 100)


def test_a_folder_that_is_read_only_is_told_at_once(tiny, mounted):
    tiny.hand_in("ada")
    told = mounted(READ_ONLY, tiny.out)
    assert "cannot be written: Read-only file system; name another --out" in told
    assert told.count("status 2") == told.count("status 0") == 1


def test_what_is_damaged_in_the_journal_is_told_dropped_and_graded_again(tiny):
    students = ["ada", "bob", "cleo", "dan"]
    for student in students:
        tiny.hand_in(student)
    tiny.grade("--jobs", "1")
    undisturbed = tiny.outcome()
    lines = tiny.journal.read_bytes().splitlines(keepends=True)
    damaged = lines[2].replace(b"bob", b"eve")
    tiny.journal.write_bytes(b"".join([*lines[:2], damaged, lines[3], lines[4][:-9]]))
    told = tiny.grade("--jobs", "1")
    assert f"the entry in line 3 of {tiny.journal} was damaged and is dropped" in told
    assert f"the last entry of {tiny.journal} was torn and is dropped" in told
    assert "2 of them from the journal" in told
    assert tiny.kept() == ["ada", "cleo", "bob", "dan"]
    assert tiny.outcome() == undisturbed


def logging(log, name):
    """A right answer that writes down that it has been called, and by whom."""
    head, body = RIGHT[name].split("\n")
    return f"{head}\n    print({name!r}, file=open({str(log)!r}, 'a'))\n{body}"


def test_only_what_has_changed_is_graded_and_all_is_written(tiny, tmp_path):
    def called(*options):
        """Which functions a run calls, of whom."""
        for student in ("ada", "bob"):
            (tmp_path / student).write_text("")
            (tmp_path / student).chmod(0o666)
        tiny.grade(*options)
        found = {
            student: set((tmp_path / student).read_text().split()) for student in tiny.scores()
        }
        return {student: names for student, names in found.items() if names}

    for student in ("ada", "bob"):
        tiny.hand_in(student, **{name: logging(tmp_path / student, name) for name in RIGHT})
    assert called("--student", "ada", "--check", "half") == {"ada": {"half"}}
    assert tiny.scores() == {"ada": 40}
    assert not (tiny.out / "receipts").exists()  # it would not tell all
    every = set(RIGHT)
    assert called() == {"ada": {"double", "quadruple"}, "bob": every}
    assert tiny.scores() == {"ada": 100, "bob": 100}
    tiny.state(x=5)
    both = {"double", "quadruple"}  # of which one calls the other
    assert called() == {"ada": both, "bob": both}
    page = tiny.out / "pages" / "01_tiny" / "students" / "bob.html"
    page.unlink()
    assert called("--student", "ada", "--regrade") == {"ada": every}
    assert page.exists()
    tiny.hand_in("bob", half="def half(x):\n    return x / 3")
    assert called() == {}  # bob's new answers write nothing down
    assert tiny.scores() == {"ada": 100, "bob": 60}
