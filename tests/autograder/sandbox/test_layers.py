"""What each layer keeps, shown by taking it away.

Beside the layer in question only those are there that do not keep the same.
"""

import os
import socket
import threading

import pytest

from autograder.sandbox import Isolation
from autograder.worker.layers import FULL, LANDLOCK, TRUSTED, Layer

SIGNALLED = """
import os
def signalled(pids):
    found = []
    for pid in pids:
        try: os.kill(pid, 0); found.append(pid)
        except OSError: pass
    return found
"""
OTHERS = "bool(signalled({*range(1, 99)} - {os.getpid(), os.getppid()}))"
LEFT = "import os\nbefore = os.path.exists('left')\nopen('left', 'w').close()\nbefore"
TRIED = """
import ctypes, os
def tried(how, *args):
    try: how(*args)
    except OSError: return False
    return True
"""
MOUNTED = "ctypes.CDLL(None).mount(b'tmpfs', b'/notebook', b'tmpfs', 0, None) == 0"
CONNECTED = "import socket\ntried(lambda: socket.socket(socket.{family}).connect({address!r}))"
BIG = "tried(open('a', 'wb').write, bytes(40 << 20))"
ABOVE = "bool(signalled([os.getppid()]))"

FULL_ROWS = [
    (
        Layer.NAMESPACES,
        # Limits that namespaces hold are looked after by the judge, who sees no folders in there.
        {Layer.MOUNTS, Layer.LANDLOCK, Layer.LIMITS},
        SIGNALLED + OTHERS,
    ),
    (Layer.MOUNTS, {Layer.LIMITS}, LEFT),
    (Layer.LIMITS, set(), TRIED + BIG),
    (Layer.CAPABILITIES, {Layer.SECCOMP, Layer.LANDLOCK}, TRIED + MOUNTED),
    (Layer.LANDLOCK, set(), TRIED + "tried(open, '/dev/ptmx')"),
    (Layer.LANDLOCK, {Layer.NAMESPACES, Layer.MOUNTS, Layer.LIMITS}, SIGNALLED + OTHERS),
    (Layer.SECCOMP, set(), TRIED + "tried(os.memfd_create, 'x')"),
]
LANDLOCK_ROWS = [
    (Layer.USER, {Layer.LANDLOCK}, SIGNALLED + ABOVE),
    (Layer.LIMITS, set(), TRIED + BIG),
    (Layer.CAPABILITIES, {Layer.LANDLOCK}, SIGNALLED + ABOVE),
    (Layer.LANDLOCK, set(), TRIED + "tried(open, '/etc/passwd')"),
    (Layer.LANDLOCK, {Layer.USER, Layer.CAPABILITIES}, SIGNALLED + ABOVE),
    (Layer.SECCOMP, set(), TRIED + "tried(os.memfd_create, 'x')"),
]
"""A layer, those that would keep the same, and what is then refused by this one alone."""

ROWS = [
    *((Isolation.FULL, *row) for row in FULL_ROWS),
    *((Isolation.LANDLOCK, *row) for row in LANDLOCK_ROWS),
]
OF_ROOT = {(Isolation.LANDLOCK, Layer.USER), (Isolation.LANDLOCK, Layer.CAPABILITIES)}
"""What an ordinary user has nothing of from the beginning."""


def succeeds(wall, source):
    """Whether what must be refused is done, by the second of two children."""
    said = [wall.run(source) for _ in range(2)]
    assert [one["error"] for one in said] == [None, None]
    return said[-1]["result"] == "True"


@pytest.mark.parametrize(("isolation", "layer", "others", "source"), ROWS)
def test_it_is_refused_by_this_layer(without, isolation, layer, others, source):
    if (isolation, layer) in OF_ROOT and os.geteuid() != 0:
        pytest.skip("an ordinary user's children are that user and have no capabilities")
    assert not succeeds(without(isolation, *sorted(others)), source)
    assert succeeds(without(isolation, *sorted({layer, *others})), source)


@pytest.fixture
def listener(request, tmp_path):
    """An address of this machine at which somebody listens."""
    family = request.param
    local = {"AF_INET": ("127.0.0.1", 0), "AF_UNIX": str(tmp_path / "door"), "abstract": "\0layers"}
    name = "AF_INET" if family == "AF_INET" else "AF_UNIX"
    with socket.socket(getattr(socket, name)) as listening:
        listening.bind(local[family])
        listening.listen()
        for folder in (tmp_path, *tmp_path.parents[:3]):
            folder.chmod(0o755)
        if family == "AF_UNIX":
            (tmp_path / "door").chmod(0o777)
        yield CONNECTED.format(family=name, address=listening.getsockname())


@pytest.mark.parametrize(
    ("listener", "layer", "others"),
    [
        ("AF_INET", Layer.LANDLOCK, {Layer.SECCOMP, Layer.NEIGHBOURS}),
        ("AF_INET", Layer.SECCOMP, {Layer.LANDLOCK, Layer.NEIGHBOURS}),
        ("AF_INET", Layer.NEIGHBOURS, {Layer.LANDLOCK, Layer.SECCOMP}),
        ("abstract", Layer.LANDLOCK, {Layer.NEIGHBOURS}),
        ("abstract", Layer.NEIGHBOURS, {Layer.LANDLOCK}),
        ("AF_UNIX", Layer.NEIGHBOURS, set()),
    ],
    indirect=["listener"],
)
def test_nobody_is_called_up(without, listener, layer, others):
    isolation = Isolation.LANDLOCK
    assert not succeeds(without(isolation, *sorted(others)), TRIED + listener)
    assert succeeds(without(isolation, *sorted({layer, *others})), TRIED + listener)


def test_attributes_of_the_judges_files_stay(without, tmp_path):
    """Landlock does not know of them, and where there is no root, they are the student's own."""
    file = tmp_path / "gradebook"
    file.write_text("100")
    file.chmod(0o640)
    change = TRIED + f"tried(os.chmod, {str(file)!r}, 0o606)"
    others = {Layer.USER, Layer.CAPABILITIES}
    assert succeeds(without(Isolation.LANDLOCK, *sorted(others)), change)  # so it is told
    assert file.stat().st_mode & 0o777 == 0o640
    assert succeeds(without(Isolation.LANDLOCK, *sorted({Layer.NEIGHBOURS, *others})), change)
    assert file.stat().st_mode & 0o777 == 0o606


def test_every_layer_is_taken_away():
    """The one that is in no row is below."""
    assert {layer for layer, *_ in FULL_ROWS} == set(FULL)
    assert {layer for layer, *_ in LANDLOCK_ROWS} == {*LANDLOCK} - {Layer.NEIGHBOURS}
    assert set(TRUSTED) < set(LANDLOCK)


def test_a_result_tells_which_layers_there_were(full, landlock, trusted):
    for wall, layers in ((full, FULL), (landlock, LANDLOCK), (trusted, TRUSTED)):
        assert wall.parent.environment["layers"].split() == list(layers)


def test_siblings_share_nothing_and_reach_nobody(landlock, say):
    """Two submissions at the same time: each its user, neither the other's files or process."""
    cell, _ = say
    with landlock.child() as one, landlock.child() as other:
        where = (
            "import os\nopen('a', 'w').write('mine')\nprint(os.getpid(), os.getuid(), os.getcwd())"
        )
        pid, user, folder = cell(one, where)["stdout"].split()
        tries = [
            f"os.listdir({folder!r})",
            f"open({folder!r} + '/a').read()",
            f"open({folder!r} + '/b', 'w')",
            f"os.unlink({folder!r} + '/a')",
            f"os.kill({pid}, 0)",
            f"open('/proc/{pid}/status')",
            f"os.readlink('/proc/{pid}/cwd')",
            "open('../left', 'w')",
            "os.link('/etc/passwd', 'mine')",
        ]
        for source in tries:
            said = cell(other, f"import os\n{source}")
            assert said["error"]["type"] == "PermissionError", source
        if os.geteuid() == 0:
            assert cell(other, "os.getuid()")["result"] != user
        assert cell(one, "open('a').read()")["result"] == "'mine'"


def test_threads_do_not_race_for_a_user(landlock):
    users = set()

    def look():
        users.add(landlock.run("import os; os.getuid()")["result"])

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(users) == (4 if os.geteuid() == 0 else 1)
