"""The filters of system calls that are shipped are those that their script makes."""

import ctypes
import ctypes.util
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.worker.seccomp import FOLDER

SCRIPT = Path(__file__).parent.parent / "scripts" / "make_filters.py"


class Version(ctypes.Structure):
    """What `seccomp_version` points to."""

    _fields_ = (("major", ctypes.c_uint), ("minor", ctypes.c_uint), ("micro", ctypes.c_uint))


def library():
    """The version of libseccomp that is there, if it can be used."""
    name = ctypes.util.find_library("seccomp")
    if not name or not importlib.util.find_spec("pyseccomp"):
        return None
    ask = ctypes.CDLL(name).seccomp_version
    ask.restype = ctypes.POINTER(Version)
    found = ask().contents
    return found.major, found.minor


@pytest.mark.skipif(library() != (2, 5), reason="needs libseccomp 2.5 and pyseccomp")
def test_the_bytes_are_the_scripts(tmp_path):
    subprocess.run([sys.executable, str(SCRIPT), str(tmp_path)], check=True, timeout=60)
    made = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.bpf")}
    shipped = {path.relative_to(FOLDER): path.read_bytes() for path in FOLDER.rglob("*.bpf")}
    assert len(made) == 6
    assert made == shipped


@pytest.mark.parametrize("path", sorted(FOLDER.rglob("*.bpf")), ids=lambda path: path.parent.name)
def test_every_path_through_a_filter_ends_in_an_answer(path):
    """The kernel checks that as well, for its own kind of machine only."""
    data = path.read_bytes()
    code = [data[start : start + 8] for start in range(0, len(data), 8)]
    jumps, answers = (0x15, 0x25, 0x35, 0x45), (0x06,)
    assert code[-1][0] in answers
    for place, instruction in enumerate(code):
        kind = int.from_bytes(instruction[:2], "little")
        assert kind in (0x20, 0x54, 0x05, *jumps, *answers)
        if kind in jumps:
            assert place + 1 + max(instruction[2:4]) < len(code)
