"""Which system calls a submission is refused, as programs that the kernel runs before each call.

Writes autograder/worker/filters/MACHINE/NAME.bpf. Needs libseccomp and the package pyseccomp; who
grades needs neither.
"""

import errno
import socket
import struct
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from pyseccomp import ALLOW, ERRNO, MASKED_EQ, NE, Arch, Arg, Attr, SyscallFilter, system_arch

FOLDER = Path(__file__).resolve().parent.parent / "autograder" / "worker" / "filters"
MACHINES = {"x86_64": Arch.X86_64, "aarch64": Arch.AARCH64}

NEWEST = 450
"""The last call that libseccomp 2.5.4 knows, by the number that all machines have agreed on since
424. Those after it answer as they would on an older kernel."""

Rule = tuple[int, str, tuple[Arg, ...]]


def refused(number: int, names: str) -> Iterator[Rule]:
    """Calls that answer with an error, or with success where that is 0, and do nothing."""
    return ((number, name, ()) for name in names.split())


def bits(argument: int, wanted: int, mask: int = 0) -> Arg:
    """The argument has these bits, and no other of the mask; its upper half does not count."""
    return Arg(argument, MASKED_EQ, mask or wanted, wanted)


NAMESPACES = (0x00020000, *(1 << n for n in range(25, 31)))
"""CLONE_NEWNS, CGROUP, UTS, IPC, USER, PID and NET."""
MAP_SHARED, MAP_ANONYMOUS = 0x01, 0x20
F_SETLEASE, F_NOTIFY = 1024, 1026
TIOCSTI, TIOCLINUX = 0x5412, 0x541C
WORD = 0xFFFFFFFF

CALLS: tuple[Rule, ...] = (
    # other processes
    *refused(errno.EPERM, "ptrace process_vm_readv process_vm_writev process_madvise kcmp"),
    *refused(errno.EPERM, "pidfd_getfd perf_event_open process_mrelease"),
    # other views of the machine
    *refused(errno.EPERM, "unshare setns mount umount2 pivot_root chroot move_mount open_tree"),
    *refused(errno.EPERM, "fsopen fsconfig fsmount fspick mount_setattr"),
    *((errno.EPERM, "clone", (bits(0, flag),)) for flag in NAMESPACES),
    *refused(errno.ENOSYS, "clone3"),  # its flags lie where a filter cannot look
    # files by other ways than their names
    *refused(errno.EPERM, "name_to_handle_at open_by_handle_at fanotify_init mknod mknodat"),
    # holding up or watching whoever opens a file that may only be read
    *((errno.EPERM, "fcntl", (bits(1, command, WORD),)) for command in (F_SETLEASE, F_NOTIFY)),
    # memory that no limit counts: shared memory is in files, whose size is bounded
    *refused(errno.EPERM, "memfd_create memfd_secret vmsplice"),
    *refused(errno.EPERM, "shmget shmat shmctl semget semop semtimedop semctl"),
    *refused(errno.EPERM, "msgget msgsnd msgrcv msgctl mq_open mq_unlink"),
    (errno.EPERM, "mmap", (bits(3, MAP_SHARED | MAP_ANONYMOUS),)),
    # network
    (errno.EAFNOSUPPORT, "socket", (Arg(0, NE, socket.AF_UNIX),)),
    (errno.EAFNOSUPPORT, "socketpair", (Arg(0, NE, socket.AF_UNIX),)),
    # what is typed into a terminal
    *((errno.EPERM, "ioctl", (bits(1, request, WORD),)) for request in (TIOCSTI, TIOCLINUX)),
    # large parts of the kernel, in which most of its holes were
    *refused(errno.EPERM, "bpf userfaultfd io_uring_setup io_uring_enter io_uring_register"),
    *refused(errno.EPERM, "keyctl add_key request_key"),
    # the machine itself
    *refused(errno.EPERM, "kexec_load kexec_file_load init_module finit_module delete_module"),
    *refused(errno.EPERM, "reboot swapon swapoff acct quotactl quotactl_fd syslog vhangup"),
    *refused(errno.EPERM, "settimeofday clock_settime adjtimex clock_adjtime"),
    *refused(errno.EPERM, "sethostname setdomainname iopl ioperm modify_ldt personality"),
    *refused(errno.EPERM, "lookup_dcookie nfsservctl"),
)

O_ACCMODE, O_TRUNC = 0o3, 0o1000
FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR = 0x40086602, 0x401C5820
SOCK_TYPE = 0xF
UNCONNECTED = (socket.SOCK_DGRAM, socket.SOCK_RAW)
"""What can be sent from such a socket may go to any other that has a name."""

NEIGHBOURS: tuple[Rule, ...] = (
    # sockets of this machine's services
    *refused(errno.EACCES, "socket connect bind listen accept accept4"),
    (errno.EACCES, "sendto", (Arg(4, NE, 0),)),
    *((errno.EACCES, "socketpair", (bits(1, kind, SOCK_TYPE),)) for kind in UNCONNECTED),
    # What Landlock lets through: a file's owner may change these of files that are not in reach.
    # They answer as if it were done, since programs that copy or unpack files do it to their own.
    *refused(0, "chmod fchmod fchmodat chown fchown fchownat lchown"),
    *refused(0, "utime utimes futimesat utimensat"),
    *refused(errno.EOPNOTSUPP, "setxattr fsetxattr lsetxattr getxattr fgetxattr lgetxattr"),
    *refused(errno.EOPNOTSUPP, "removexattr fremovexattr lremovexattr"),
    *refused(errno.EOPNOTSUPP, "listxattr flistxattr llistxattr"),
    *(
        (errno.EPERM, "ioctl", (bits(1, request, WORD),))
        for request in (FS_IOC_SETFLAGS, FS_IOC_FSSETXATTR)
    ),
    # Before its version 3 Landlock does not know of files that are cut.
    *refused(errno.EPERM, "truncate"),
    *(
        (errno.EPERM, call, (bits(flags, O_TRUNC, O_TRUNC | O_ACCMODE),))
        for call, flags in (("open", 1), ("openat", 2))
    ),
    *refused(errno.ENOSYS, "openat2"),  # its flags lie where a filter cannot look
    # names that come and go in other folders
    *refused(errno.EPERM, "inotify_init inotify_init1"),
    # limits and priorities of other processes of the same user
    (errno.EPERM, "prlimit64", (Arg(0, NE, 0),)),
    *((errno.EPERM, f"sched_set{what}", (Arg(0, NE, 0),)) for what in ("scheduler", "param")),
    *((errno.EPERM, f"sched_set{what}", (Arg(0, NE, 0),)) for what in ("attr", "affinity")),
    *refused(errno.EPERM, "setpriority ioprio_set migrate_pages move_pages"),
)

F_SETOWN, F_SETOWN_EX = 8, 15
FIOSETOWN, SIOCSPGRP = 0x8901, 0x8902

SIGNALS: tuple[Rule, ...] = (
    *refused(errno.EPERM, "kill tkill tgkill pidfd_send_signal rt_sigqueueinfo rt_tgsigqueueinfo"),
    *((errno.EPERM, "fcntl", (bits(1, command, WORD),)) for command in (F_SETOWN, F_SETOWN_EX)),
    *((errno.EPERM, "ioctl", (bits(1, request, WORD),)) for request in (FIOSETOWN, SIOCSPGRP)),
)

FILTERS: Mapping[str, tuple[Rule, ...]] = {
    "calls": CALLS,
    "neighbours": NEIGHBOURS,
    "signals": SIGNALS,
}


def program(architecture: int, rules: Iterable[Rule]) -> bytes:
    """The instructions that refuse these calls, and all calls of other architectures."""
    made = SyscallFilter(ALLOW)
    made.set_attr(Attr.ACT_BADARCH, ERRNO(errno.ENOSYS))
    if architecture != system_arch():
        made.add_arch(architecture)
        made.remove_arch(system_arch())
    for number, name, arguments in rules:
        made.add_rule(ERRNO(number), name, *arguments)
    with tempfile.TemporaryFile() as file:
        made.export_bpf(file)
        file.seek(0)
        return _after_newest() + file.read()


def _after_newest() -> bytes:
    """Load the call's number; where it is above the newest, answer that there is no such call."""
    load, jump_above, answer = 0x20, 0x25, 0x06
    instructions = (
        (load, 0, 0, 0),
        (jump_above, 0, 1, NEWEST),
        (answer, 0, 0, ERRNO(errno.ENOSYS)),
    )
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in instructions)


def main(folder: Path) -> None:
    """Write every filter for every machine."""
    for machine, architecture in MACHINES.items():
        for name, rules in FILTERS.items():
            path = folder / machine / f"{name}.bpf"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(program(architecture, rules))


if __name__ == "__main__":
    main(Path(*sys.argv[1:2]) if sys.argv[1:] else FOLDER)
