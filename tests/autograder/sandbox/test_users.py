"""Where root judges, children are users that nobody is; else they stay who the judge is."""

import itertools
import os

import pytest

from autograder.sandbox.users import BLOCK, FREE, users
from tests.autograder.machine.machines import NO_NAMESPACES, Machine

pytestmark = pytest.mark.skipif(
    os.geteuid() != 0, reason="an ordinary user's children are that user"
)

FIRST = """
import json
from autograder.sandbox.users import users
print(json.dumps([next(users(searching)) for searching in (False, True)]))
"""
SMALL = """
import os, pathlib, sys
from autograder.worker import linux
reading, writing = os.pipe()
if pid := linux.fork(linux.CLONE_NEWUSER):
    for name in ("uid_map", "gid_map"):
        pathlib.Path(f"/proc/{pid}/{name}").write_text("0 0 65536")
    os.write(writing, b"!")
    sys.exit(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
os.read(reading, 1)
os.execvp(sys.argv[1], sys.argv[1:])
"""
"""Runs a command as root of a user namespace with as many users as a rootless container has."""

GRADE = """
import json
from autograder.checks import Limits
from autograder.sandbox import Isolation, start
with start(["numpy"], Isolation.LANDLOCK) as parent, parent.child(Limits()) as child:
    source = "import os\\nopen('a', 'w').close(); os.getuid()"
    print(json.dumps(int(child.ask({"do": "cell", "source": source}, 20)["result"])))
"""
DROPPED = ("setpriv", "--inh-caps=-{0}", "--bounding-set=-{0}")


def without(capability):
    return Machine(tuple(word.format(capability) for word in DROPPED))


def test_each_is_another_until_they_come_round():
    found = list(itertools.islice(users(False), BLOCK + 1))
    assert len(set(found)) == BLOCK
    assert found[0] == found[-1]
    assert all(number in FREE[0] for number in found)


def test_two_judges_share_none():
    firsts = [next(users(False)) for _ in range(20)]
    assert len({first // BLOCK for first in firsts}) > 18


def test_a_container_has_small_numbers(landlock):  # noqa: ARG001
    assert Machine(("PYTHON", "-c", SMALL)).run(GRADE) in FREE[1]


@pytest.mark.parametrize("capability", ["setuid", "setgid", "chown", "kill", "setpcap"])
def test_root_who_may_not_change_users_has_none(capability):
    assert without(capability).run(FIRST) == [-1, -1]


def test_root_who_may_not_read_everything_cannot_let_others():
    first, searching = without("dac_read_search").run(FIRST)
    assert first in FREE[0]
    assert searching == -1


def test_root_of_nothing_has_none():
    assert Machine(NO_NAMESPACES).run(FIRST) == [-1, -1]
