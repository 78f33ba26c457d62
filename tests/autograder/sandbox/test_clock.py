"""Processor time decides a timeout, whoever of the family uses it; waiting has its own end."""

import os
import subprocess
import sys
import time

import pytest

from autograder.results import Lost, VerdictKind
from autograder.sandbox import clock, families

BURN = """
import os, threading, time
def burn(seconds=1e6):
    end = time.process_time() + seconds
    while time.process_time() < end: pass
def child(*seconds):
    if os.fork() == 0:
        burn(*seconds)
        os._exit(0)
def daemon(*seconds):
    if os.fork() == 0:
        child(*seconds)
        os._exit(0)
    os.wait()
"""
BUSY = {
    "itself": "burn()",
    "a thread": "threading.Thread(target=burn).start(); time.sleep(1e6)",
    "a child": "child(); os.wait()",
    "a daemon": "daemon(); time.sleep(1e6)",
    "children that have ended": "while True: child(0.2); os.wait()",
    "daemons that have ended": "while True: daemon(0.2); time.sleep(0.2)",
}
WAITING = {
    "sleeps": "time.sleep(1e6)",
    "is stopped": "os.kill(os.getpid(), 19)",
    "waits for itself": "lock = threading.Lock(); lock.acquire(); lock.acquire()",
    "waits for what it does not read": "r, w = os.pipe(); os.read(r, 1)",
}


@pytest.mark.parametrize("who", BUSY)
def test_what_computes_for_too_long_is_cut_whoever_computes(wall, monkeypatch, who):
    monkeypatch.setattr(clock, "PATIENCE", 100)  # this machine may have little time for us
    with pytest.raises(Lost, match=r"^did not finish within 1 s of computing$") as lost:
        wall.run(BURN + BUSY[who], seconds=1)
    assert (lost.value.kind, lost.value.starved) == (VerdictKind.TIMEOUT, False)


@pytest.mark.parametrize("how", WAITING)
def test_what_only_waits_ends_as_starved(wall, how):
    started = time.monotonic()
    with pytest.raises(Lost, match=r"^was still waiting after 2 s, of which it computed 0") as lost:
        wall.run(BURN + WAITING[how], seconds=0.5)
    assert (lost.value.kind, lost.value.starved) == (VerdictKind.TIMEOUT, True)
    assert time.monotonic() - started >= 2


def test_waiting_costs_nothing(wall, monkeypatch):
    monkeypatch.setattr(clock, "PATIENCE", 100)
    assert wall.run("import time; time.sleep(1.5); 'done'", seconds=0.5)["result"] == "'done'"


def test_earlier_requests_do_not_count(wall, monkeypatch, say):
    cell, _ = say
    monkeypatch.setattr(clock, "PATIENCE", 100)
    with wall.child() as child:
        cell(child, BURN + "burn(2)")
        said = cell(child, "burn(0.5); time.sleep(2); 'done'", seconds=1.5)
    assert said["result"] == "'done'"


def test_who_uses_many_cores_has_as_many_seconds_as_others(wall):
    started = time.monotonic()
    with pytest.raises(Lost, match=r"did not finish|was still waiting"):
        wall.run(BURN + "for _ in range(4): child()\nos.wait()", 2)
    assert time.monotonic() - started >= 2


def test_the_time_is_that_of_all_threads_and_of_all_below():
    source = f"{BURN}burn(0.3); child(0.3); os.wait(); child(0.3); print(flush=True); input()"
    with subprocess.Popen(
        [sys.executable, "-S", "-c", source], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        handle = os.pidfd_open(process.pid)
        process.stdout.read(1)
        while families.computed([handle]) < 0.8:  # two of the three are not enough
            time.sleep(0.05)
        assert families.computed([handle]) < 2
        process.kill()
        process.wait()
        assert families.computed([handle]) == 0
        os.close(handle)
