"""The filters of system calls: those that are shipped are the script's, on every machine."""

import ctypes
import ctypes.util
import errno
import importlib.util
import struct
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.worker.seccomp import FOLDER
from tests.autograder.sandbox.test_calls import EVERYWHERE, WITHOUT_NAMESPACES, numbers

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


X86_64, AARCH64, I386 = 0xC000003E, 0xC00000B7, 0x40000003
MACHINES = {"x86_64": X86_64, "aarch64": AARCH64}
ALLOWED, REFUSED = 0x7FFF0000, 0x00050000


def answer(program, architecture, number, *arguments):
    """What a filter answers to a call: Linux's BPF, as far as filters use it."""
    words = (*arguments, *[0] * (6 - len(arguments)))
    data = struct.pack("=IIQ6Q", number, architecture, 0, *words)
    place, value = 0, 0
    while True:
        code, yes, no, constant = struct.unpack_from("=HBBI", program, 8 * place)
        place += 1
        match code:
            case 0x20:
                (value,) = struct.unpack_from("=I", data, constant)
            case 0x54:
                value &= constant
            case 0x05:
                place += constant
            case 0x15:
                place += yes if value == constant else no
            case 0x25:
                place += yes if value > constant else no
            case 0x35:
                place += yes if value >= constant else no
            case 0x06:
                return constant
            case _:
                raise AssertionError(f"unknown instruction {code:#x}")


@pytest.mark.parametrize("machine", MACHINES)
@pytest.mark.parametrize(
    ("name", "table"), [("calls", EVERYWHERE), ("neighbours", WITHOUT_NAMESPACES)]
)
def test_what_is_refused_on_this_machine_is_on_the_others(machine, name, table):
    program = (FOLDER / machine / f"{name}.bpf").read_bytes()
    for call, number, error in numbers(table, machine):
        assert answer(program, MACHINES[machine], number) == REFUSED | error, call


CALLS = {"x86_64": (9, 16, 41, 53, 56, 72), "aarch64": (222, 29, 198, 199, 220, 25)}
"""mmap, ioctl, socket, socketpair, clone and fcntl."""


@pytest.mark.parametrize("machine", MACHINES)
def test_arguments_decide_about_some(machine):
    program = (FOLDER / machine / "calls.bpf").read_bytes()
    mmap, ioctl, socket, pair, clone, fcntl = CALLS[machine]
    high = 1 << 32
    refused = [
        *((mmap, 0, 1, 3, flags, high - 1, 0) for flags in (0x21, 0x23, 0x21 | high)),
        *((ioctl, 0, request) for request in (0x5412, 0x541C, 0x5412 | high)),
        *((call, family, 1) for call in (socket, pair) for family in (2, 10, 16, 40, 1 | high)),
        *((clone, 1 << bit | 17) for bit in (17, *range(25, 31))),
        *((fcntl, 3, command, 1) for command in (1024, 1026, 1024 | high)),
    ]
    allowed = [
        *((mmap, 0, 1, 3, flags, 4, 0) for flags in (0x22, 0x01, 0x02)),
        *((ioctl, 0, request) for request in (0x5413, 0x5401)),
        *((call, 1, 1) for call in (socket, pair)),
        *((clone, flags) for flags in (17, 0x3D0F00, 0x1200011)),
        *((fcntl, 3, command) for command in (0, 1, 2, 1030)),
        *((number,) for number in (63, 64, 56, 57, 62, 93) if machine == "aarch64"),
        *((number,) for number in (0, 1, 2, 3, 57, 59, 60, 62, 257) if machine == "x86_64"),
    ]
    for call in refused:
        assert answer(program, MACHINES[machine], *call) & ~0xFFFF == REFUSED, call
    for call in allowed:
        assert answer(program, MACHINES[machine], *call) == ALLOWED, call
    assert answer(program, I386, 20) == REFUSED | errno.ENOSYS
    assert answer(program, MACHINES[machine], 1 << 30 | 39) == REFUSED | errno.ENOSYS
