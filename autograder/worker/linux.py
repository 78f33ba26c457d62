"""The calls of Linux that Python has no name for."""

import ctypes
import errno
import os
import signal
from collections.abc import Callable

PR_SET_PDEATHSIG = 1
PR_SET_DUMPABLE = 4
PR_SET_SECCOMP, SECCOMP_MODE_FILTER = 22, 2
PR_CAPBSET_DROP = 24
PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP = 28, 1 << 2
PR_SET_CHILD_SUBREAPER = 36
PR_SET_NO_NEW_PRIVS = 38
PR_CAP_AMBIENT = 47
PR_CAP_AMBIENT_RAISE, PR_CAP_AMBIENT_CLEAR_ALL = 2, 4

CLONE_NEWNS = 0x00020000
CLONE_NEWCGROUP = 0x02000000
CLONE_NEWUTS = 0x04000000
CLONE_NEWIPC = 0x08000000
CLONE_NEWUSER = 0x10000000
CLONE_NEWPID = 0x20000000
CLONE_NEWNET = 0x40000000

MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_BIND, MS_REC, MS_PRIVATE = 2, 4, 8, 4096, 16384, 1 << 18

CLONE = {"x86_64": 56, "aarch64": 220}
"""The number of the call, for each kind of machine."""

LANDLOCK_CREATE_RULESET, LANDLOCK_ADD_RULE, LANDLOCK_RESTRICT_SELF = 444, 445, 446
"""Their numbers, the same for all kinds of machines."""

LANDLOCK_CREATE_RULESET_VERSION = 1
LANDLOCK_RULE_PATH_BENEATH = 1

_libc = ctypes.CDLL(None, use_errno=True)
_locked = ctypes.PyDLL(None, use_errno=True)


class _Program(ctypes.Structure):
    _fields_ = (("count", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def prctl(option: int, value: int = 0, detail: int = 0) -> None:
    """Set an attribute of this process."""
    words = map(ctypes.c_ulong, (value, detail, 0, 0))
    _call(_libc.prctl, f"prctl({option})", option, *words)


def filter_calls(program: bytes) -> None:
    """Have the kernel run a program of BPF's, of 8 bytes an instruction, before each call."""
    made = _Program(len(program) // 8, program)
    arguments = (ctypes.c_ulong(SECCOMP_MODE_FILTER), ctypes.byref(made))
    _call(_libc.prctl, "seccomp", PR_SET_SECCOMP, *arguments)


def landlock_version() -> int:
    """Which of Landlock's versions this kernel speaks; 0 where it has none."""
    try:
        return _landlock(LANDLOCK_CREATE_RULESET, None, 0, LANDLOCK_CREATE_RULESET_VERSION)
    except OSError:  # not built in, or switched off
        return 0


def landlock_ruleset(attributes: bytes) -> int:
    """A descriptor of a new set of rules, closed when a program is executed."""
    return _landlock(LANDLOCK_CREATE_RULESET, attributes, len(attributes), 0)


def landlock_allow(ruleset: int, rule: bytes) -> None:
    """Add a rule about a folder or file."""
    _landlock(LANDLOCK_ADD_RULE, ruleset, LANDLOCK_RULE_PATH_BENEATH, rule, 0)


def landlock_restrict(ruleset: int) -> None:
    """Hold this thread, and all that it starts, to a set of rules for good."""
    _landlock(LANDLOCK_RESTRICT_SELF, ruleset, 0)


def _landlock(number: int, *args: int | bytes | None) -> int:
    words = [ctypes.c_long(arg) if isinstance(arg, int) else arg for arg in args]
    return _call(_libc.syscall, f"landlock({number})", ctypes.c_long(number), *words)


def fork(namespaces: int) -> int:
    """Fork, the child into new namespaces: Python's own fork leaves all as they are.

    Raises:
        OSError: the kernel or its administrator does not allow them.
    """
    machine = os.uname().machine
    if machine not in CLONE:
        raise OSError(errno.ENOSYS, f"clone is not known for {machine}, only {', '.join(CLONE)}")
    zero = ctypes.c_ulong(0)
    flags = ctypes.c_ulong(namespaces | signal.SIGCHLD)
    # What os.fork does around the call. It must not let go of the interpreter's lock meanwhile.
    ctypes.pythonapi.PyOS_BeforeFork()
    pid: int = _locked.syscall(ctypes.c_long(CLONE[machine]), flags, *(zero,) * 4)
    number = ctypes.get_errno()
    if pid == 0:
        ctypes.pythonapi.PyOS_AfterFork_Child()
    else:
        ctypes.pythonapi.PyOS_AfterFork_Parent()
    if pid < 0:
        raise OSError(number, f"clone: {os.strerror(number)}")
    return pid


def mount(source: str, target: str, kind: str, flags: int, options: str = "") -> None:
    """Mount a file system, or bind a folder to a second place."""
    names = (text.encode() for text in (source, target, kind))
    _call(_libc.mount, f"mount {target}", *names, ctypes.c_ulong(flags), options.encode())


def capset(header: bytes, data: bytes) -> None:
    """Set this thread's capabilities."""
    _call(_libc.capset, "capset", header, data)


def _call(function: Callable[..., int], name: str, *args: object) -> int:
    answer = function(*args)
    if answer < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{name}: {os.strerror(number)}")
    return answer
