"""The Landlock tier where a submission is the same user as its judge."""

import pytest

from tests.autograder import ordinary
from tests.autograder.machine.machines import MACHINES

TRIES = """
import os, resource, signal
def tried(how, *args):
    try: how(*args)
    except OSError as error: return type(error).__name__
    return "done"
[
    tried(open, FILE), tried(os.listdir, os.path.dirname(FILE)), tried(os.truncate, FILE, 0),
    tried(os.open, FILE, os.O_TRUNC), tried(os.rename, FILE, "mine"), tried(os.link, FILE, "mine"),
    tried(os.remove, FILE), tried(os.open, os.path.dirname(FILE) + "/left", os.O_CREAT),
    tried(os.kill, JUDGE, 0), tried(os.kill, JUDGE, signal.SIGKILL),
    tried(resource.prlimit, JUDGE, resource.RLIMIT_NOFILE, (9, 9)),
    tried(os.setpriority, os.PRIO_PROCESS, JUDGE, 19), tried(os.sched_setaffinity, JUDGE, [0]),
    tried(open, f"/proc/{JUDGE}/environ"), tried(os.readlink, f"/proc/{JUDGE}/cwd"),
]
"""
CHANGES = """
os.chmod(FILE, 0), os.utime(FILE, (0, 0)), tried(os.setxattr, FILE, "user.a", b"b")
"""

GRADE = f"""
import ast, json, os, tempfile
from autograder.checks import Limits
from autograder.sandbox import Isolation, start
with tempfile.NamedTemporaryFile() as file:
    file.write(b"grades")
    file.flush()
    before = os.stat(file.name)
    given = f"FILE, JUDGE = {{file.name!r}}, {{os.getpid()}}"
    with start(["numpy"], Isolation.LANDLOCK) as parent, parent.child(Limits()) as child:
        tries = child.ask({{"do": "cell", "source": given + {TRIES!r}}}, 20)
        changes = child.ask({{"do": "cell", "source": {CHANGES!r}}}, 20)
        user = child.ask({{"do": "cell", "source": "os.getuid()"}}, 20)
    after = os.stat(file.name)
    print(json.dumps({{
        "tries": ast.literal_eval(tries["result"]), "changes": changes["error"],
        "same": int(user["result"]) == os.getuid(),
        "unchanged": (before.st_mode, before.st_mtime) == (after.st_mode, after.st_mtime),
    }}))
"""


@pytest.mark.parametrize(
    ("machine", "user"), [("without user namespaces", None), ("whole", ordinary.USER)]
)
def test_the_users_files_and_processes_are_out_of_reach(landlock, machine, user):  # noqa: ARG001
    if user:
        ordinary.need()
    said = MACHINES[machine].run(GRADE, user)
    assert said["same"]
    assert len(said["tries"]) == 15
    assert not [answer for answer in said["tries"] if not answer.endswith("Error")]
    # These are told to be done, since copying and unpacking does them to one's own files.
    assert said["changes"] is None
    assert said["unchanged"]
