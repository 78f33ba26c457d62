"""Rules about files, and about more with each of Landlock's versions; tried in forked processes.

`test_landlock.py` runs these where no framework has started threads: a fork would leave those
behind, with what they hold.
"""

import fcntl
import json
import os
import signal
import socket
import sys

import pytest

from autograder.worker import linux, seccomp
from autograder.worker.landlock import NETWORK, SCOPES, Rules

VERSION = linux.landlock_version()
if sys.platform != "linux" or not VERSION:
    pytest.skip("this machine has no Landlock", allow_module_level=True)


def tried(how, *args):
    try:
        how(*args)
    except OSError as error:
        return type(error).__name__
    return "done"


def apart(work):
    """What a function returns in a process of its own, which may gain no privileges."""
    reading, writing = os.pipe()
    pid = linux.fork(0)  # with no warning of threads that pytest has
    if pid == 0:
        try:
            linux.prctl(linux.PR_SET_NO_NEW_PRIVS, 1)
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    os.waitpid(pid, 0)
    with os.fdopen(reading, "rb") as said:
        return json.loads(said.read())


@pytest.fixture
def house(tmp_path):
    """Folders to read, to hide and to write."""
    for name in ("shown/a", "shown/in/b", "shown/in/hidden/c", "shown/in/d", "scratch/e", "other"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    (tmp_path / "shown/in/link").symlink_to(tmp_path / "other")
    return tmp_path


def held(rules, house, work):
    """What a function returns under rules."""

    def hold():
        rules.restrict(rules.open(), [str(house / "scratch")])
        return work()

    return apart(hold)


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_every_version_refuses_what_is_not_shown(house, version):
    rules = Rules([str(house / "shown")], [str(house / "shown/in/hidden")], version)
    names = ("shown/a", "shown/in/b", "shown/in/d", "shown/in/hidden/c", "shown/in/link", "other")
    said = held(
        rules,
        house,
        lambda: [
            *(tried(open, house / name) for name in names),
            tried(os.listdir, house / "shown/in/hidden"),
            tried(os.listdir, house),
            tried(open, house / "shown/a", "w"),
            tried(os.unlink, house / "shown/a"),
            tried(os.mkdir, house / "made"),
            tried(open, house / "scratch/f", "w"),
            tried(os.unlink, house / "scratch/e"),
        ],
    )
    assert said[:6] == [*["done"] * 3, *["PermissionError"] * 3]
    assert said[6:8] == ["done", "PermissionError"]  # what is hidden can be listed, not read
    assert said[8:] == [*["PermissionError"] * 3, *["done"] * 2]


@pytest.mark.parametrize("version", range(1, VERSION + 1))
def test_from_some_version_on_it_refuses_more(house, version):
    with socket.socket() as tcp, socket.socket(socket.AF_UNIX) as abstract:
        tcp.bind(("127.0.0.1", 0))
        abstract.bind(f"\0landlock-{os.getpid()}")
        for one in (tcp, abstract):
            one.listen()
        addresses = tcp.getsockname(), abstract.getsockname()
        above = os.getpid()
        said = held(
            Rules([], [], version),
            house,
            lambda: [
                tried(socket.socket().connect, addresses[0]),
                tried(socket.socket(socket.AF_UNIX).connect, addresses[1]),
                tried(os.kill, above, 0),
                tried(os.kill, os.getpid(), 0),
            ],
        )
    refused, done = "PermissionError", "done"
    scoped = refused if version >= SCOPES else done
    assert said == [refused if version >= NETWORK else done, scoped, scoped, done]


def test_where_it_does_not_know_of_signals_a_filter_refuses_them_all():
    program = seccomp.read("signals")

    def send():
        above, own = os.getppid(), os.getpid()
        handle = os.pidfd_open(above)
        seccomp.apply(program)
        return [
            tried(os.kill, above, 0),
            tried(os.kill, own, 0),
            tried(os.killpg, 0, 0),
            tried(signal.pidfd_send_signal, handle, 0),
            tried(fcntl.fcntl, handle, fcntl.F_SETOWN, above),
        ]

    assert apart(send) == ["PermissionError"] * 5


def test_what_is_not_there_stands_in_nobodys_way(house):
    rules = Rules([str(house / "nothing"), str(house / "shown")], ["/nothing/either"], VERSION)
    assert held(rules, house, lambda: tried(open, house / "shown/a")) == "done"
