"""What a submission cannot reach behind the wall; most of it holds without a wall, too."""

import os
import socket
import sys
from pathlib import Path

import pytest

from autograder.sandbox import Isolation
from autograder.worker.layers import Layer

PROJECT = Path(__file__).parents[3]

ABSENT = [
    "/etc/shadow",
    "/etc/passwd",
    "/home",
    "/var",
    "/etc/hostname",
    "/usr/bin/env",
    "/usr/lib/python3/dist-packages/apt",
    str(PROJECT / "course"),
    str(PROJECT / "solutions"),
    str(PROJECT / ".git"),
    str(PROJECT / "autograder" / "checks.py"),
    "/worker/autograder/__init__.py",
    "/worker/autograder/results.py",
    "/worker/cnncourse",
    "/worker/scipy",
    "/worker/nbgrader",
]


@pytest.mark.parametrize("path", ABSENT)
def test_other_peoples_files_are_not_there(full, path):
    assert full.run(f"open({path!r}).read()")["error"]["type"] in {
        "FileNotFoundError",
        "NotADirectoryError",
    }


@pytest.mark.parametrize(
    "path", [one for one in ABSENT if not one.startswith(("/worker", "/usr/lib"))]
)
def test_without_namespaces_they_are_not_readable(landlock, path):
    said = landlock.run(f"import os\nos.open({path!r}, os.O_RDONLY)")
    assert said["error"]["type"] in {"FileNotFoundError", "PermissionError"}


def test_packages_of_the_system_are_not_readable(landlock):
    """Their names are, since they lie among the interpreter's own."""
    folders = [Path(folder) for folder in landlock.parent._surrounding.setting.hidden]
    files = [next(folder.rglob("*.py"), None) for folder in folders]
    for file in filter(None, files):
        assert landlock.run(f"open({str(file)!r})")["error"]["type"] == "PermissionError"


def test_homes_are_empty(full):
    said = full.run(
        "import os\n"
        "for folder, _, files in os.walk('/root'):\n"
        "    if files and not folder.startswith(PREFIX): print(folder, files)".replace(
            "PREFIX", repr(str(Path(sys.base_prefix).resolve()))
        )
    )
    assert (said["error"], said["stdout"]) == (None, "")


@pytest.mark.parametrize(
    "module", ["cnncourse", "scipy", "sklearn", "nbgrader", "tensorflow", "keras", "pytest", "pip"]
)
def test_only_what_the_assignment_allows_can_be_imported(wall, module):
    assert wall.run(f"__import__({module!r})")["error"]["type"] == "ModuleNotFoundError"


@pytest.mark.parametrize("module", ["checks", "results", "grade", "sandbox", "kinds"])
def test_of_ours_there_is_worker_and_protocol(wall, module):
    assert wall.run(f"import autograder.{module}")["error"]["type"] == "ModuleNotFoundError"
    assert wall.run("import autograder.protocol, autograder.worker")["error"] is None


@pytest.mark.parametrize("family", ["AF_INET", "AF_INET6", "AF_UNIX"])
def test_there_is_no_network(strict, family):
    with socket.socket(getattr(socket, family)) as listener:
        local = {"AF_INET": ("127.0.0.1", 0), "AF_INET6": ("::1", 0), "AF_UNIX": "\0grader-test"}
        try:
            listener.bind(local[family])
        except OSError:
            pytest.skip(f"no {family} here")
        listener.listen()
        address = listener.getsockname()
        said = strict.run(
            f"import socket\nsocket.socket(socket.{family}).connect({address!r})", seconds=3
        )
    assert said["error"]["type"] in {"ConnectionRefusedError", "OSError", "PermissionError"}


WRITES = """
import os
found = []
for top in os.listdir('/'):
    if top not in {'proc', 'notebook', 'tmp'}:
        for folder, _, _ in os.walk('/' + top):
            if folder != '/dev/shm':
                try:
                    open(folder + '/written', 'w').close(); found.append(folder)
                except OSError:
                    pass
found
"""


def test_only_scratch_can_be_written(full, without):
    assert without(Isolation.FULL, Layer.LANDLOCK).run(WRITES)["result"] == "[]"
    assert full.run("open('/tmp/a', 'w').write('x'); open('a').read()")["result"] == "'x'"


def test_scratch_is_private_and_bounded(full):
    assert full.run("open('left', 'w').write('x'); open('/dev/shm/left', 'w').write('x')")
    assert full.run("import os; os.listdir('.') + os.listdir('/dev/shm')")["result"] == "[]"
    fill = "for n in range(9): open(str(n), 'wb').write(bytes(16 << 20))"
    assert "No space left" in full.run(fill)["error"]["message"]
    nodes = "for n in range(9_999): open(str(n), 'w').close()"
    assert full.run(nodes)["error"]["type"] == "OSError"


def test_the_environment_tells_nothing(wall, monkeypatch):
    monkeypatch.setenv("SECRET", "of the judge")
    said = wall.run(
        "import os\nprint(sorted(os.environ))\nprint(os.getcwd() == os.environ['HOME'])"
    )
    names, home = said["stdout"].splitlines()
    assert "SECRET" not in names
    assert home == "True"


def test_a_submission_has_no_privileges(without):
    said = without(Isolation.FULL, Layer.LANDLOCK).run(
        "import os\n"
        "lines = open('/proc/self/status').read().splitlines()\n"
        "status = dict(line.split(':\\t', 1) for line in lines)\n"
        "print(*(status[key] for key in ('CapPrm', 'CapBnd', 'CapAmb', 'NoNewPrivs')))\n"
        "others = sorted(name for name in os.listdir('/proc') if name.isdigit())\n"
        "print(os.getuid(), os.getgid(), *others)"
    )
    nothing = "0" * 16
    assert said["stdout"].splitlines() == [f"{nothing} {nothing} {nothing} 1", "1000 1000 1 2"]


def test_without_namespaces_it_has_at_most_the_right_to_read(landlock):
    """And that only where its own user could not read the interpreter; Landlock bounds it."""
    said = landlock.run(
        "lines = open('/proc/self/status').read().splitlines()\n"
        "status = dict(line.split(':\\t', 1) for line in lines)\n"
        "print(*(status[f'Cap{which}'] for which in ('Prm', 'Eff', 'Bnd', 'Amb')))\n"
        "print(status['NoNewPrivs'], status['Uid'].split()[0], status['Groups'].strip())"
    )
    held, others = said["stdout"].splitlines()
    setting = landlock.parent._surrounding.setting
    root = os.geteuid() == 0
    searches = root and setting.searches
    assert {int(bits, 16) for bits in held.split()} == {1 << 2 if searches else 0}
    assert others.split()[0] == "1"
    assert (int(others.split()[1]) > 60_000) == root
    assert not root or len(others.split()) == 2


@pytest.mark.parametrize("flag", ["0x10000000", "0x00020000", "0x20000000", "0x40000000"])
def test_it_gets_no_namespaces_of_its_own(strict, flag):
    said = strict.run(f"import ctypes; ctypes.CDLL(None).unshare({flag})")
    assert said["result"] == "-1"


def test_it_cannot_mount_or_unmount(full):
    said = full.run(
        "import ctypes; libc = ctypes.CDLL(None)\n"
        "libc.umount2(b'/notebook', 2), libc.mount(b'x', b'/notebook', b'tmpfs', 0, None)"
    )
    assert said["result"] == "(-1, -1)"


REACHES = """
import os
above = os.getppid()
for number in (9, 19):
    try: os.kill(above, number)
    except PermissionError: pass
for name in ('mem', 'environ', 'fd/4', 'root'):
    try: print(os.open(f'/proc/{above}/{name}', os.O_RDONLY))
    except PermissionError: pass
"""


def test_it_cannot_reach_the_process_above_it(strict, without):
    for wall in (strict, without(Isolation.FULL, Layer.LANDLOCK, Layer.SECCOMP)):
        said = wall.run(REACHES)
        assert (said["error"], said["stdout"]) == (None, "")
