"""System calls that are refused behind the wall, each by its number, and those that must go on."""

import ast
import errno
import platform
import socket

import pytest

from autograder.sandbox import Isolation
from autograder.worker.layers import Layer

EVERYWHERE = {
    errno.EPERM: """
    ptrace 101 117; process_vm_readv 310 270; process_vm_writev 311 271;
    process_madvise 440 440; kcmp 312 272; pidfd_getfd 438 438; perf_event_open 298 241;
    process_mrelease 448 448; unshare 272 97; setns 308 268; mount 165 40; umount2 166 39;
    pivot_root 155 41; chroot 161 51; move_mount 429 429; open_tree 428 428; fsopen 430 430;
    fsconfig 431 431; fsmount 432 432; fspick 433 433; mount_setattr 442 442;
    name_to_handle_at 303 264; open_by_handle_at 304 265; fanotify_init 300 262; mknod 133 -;
    mknodat 259 33; memfd_create 319 279; memfd_secret 447 447; vmsplice 278 75; shmget 29 194;
    shmat 30 196; shmctl 31 195; semget 64 190; semop 65 193; semtimedop 220 192;
    semctl 66 191; msgget 68 186; msgsnd 69 189; msgrcv 70 188; msgctl 71 187; mq_open 240 180;
    mq_unlink 241 181; bpf 321 280; userfaultfd 323 282; io_uring_setup 425 425;
    io_uring_enter 426 426; io_uring_register 427 427; keyctl 250 219; add_key 248 217;
    request_key 249 218; kexec_load 246 104; kexec_file_load 320 294; init_module 175 105;
    finit_module 313 273; delete_module 176 106; reboot 169 142; swapon 167 224;
    swapoff 168 225; acct 163 89; quotactl 179 60; quotactl_fd 443 443; syslog 103 116;
    vhangup 153 58; settimeofday 164 170; clock_settime 227 112; adjtimex 159 171;
    clock_adjtime 305 266; sethostname 170 161; setdomainname 171 162; iopl 172 -;
    ioperm 173 -; modify_ldt 154 -; personality 135 92; lookup_dcookie 212 18;
    nfsservctl 180 42
    """,
    errno.ENOSYS: "clone3 435 435; open_tree_attr 467 467; what_comes_next 500 500",
}
"""The error, and each call's name with its number on x86-64 and on arm64."""

WITHOUT_NAMESPACES = {
    errno.EACCES: """
    socket 41 198; connect 42 203; bind 49 200; listen 50 201; accept 43 202; accept4 288 242
    """,
    0: """
    chmod 90 -; fchmod 91 52; fchmodat 268 53; chown 92 -; fchown 93 55; fchownat 260 54;
    lchown 94 -; utime 132 -; utimes 235 -; futimesat 261 -; utimensat 280 88
    """,
    errno.EOPNOTSUPP: """
    setxattr 188 5; fsetxattr 190 7; lsetxattr 189 6; getxattr 191 8; fgetxattr 193 10;
    lgetxattr 192 9; removexattr 197 14; fremovexattr 199 16; lremovexattr 198 15;
    listxattr 194 11; flistxattr 196 13; llistxattr 195 12
    """,
    errno.EPERM: """
    truncate 76 45; inotify_init 253 -; inotify_init1 294 26; setpriority 141 140;
    ioprio_set 251 30; migrate_pages 256 238; move_pages 279 239
    """,
    errno.ENOSYS: "openat2 437 437",
}

ASK = """
import ctypes
libc = ctypes.CDLL(None, use_errno=True)
def ask(number, *args):
    ctypes.set_errno(0)
    words = [ctypes.c_long(word) for word in (number, *args, *[0] * (6 - len(args)))]
    answer = libc.syscall(*words)
    return (answer, ctypes.get_errno())
"""


def numbers(table, machine):
    """Each call's number on a kind of machine, and the error that it must answer with."""
    column = {"x86_64": 1, "aarch64": 2}[machine]
    for error, lines in table.items():
        for line in lines.split(";"):
            name, *known = line.split()
            if known[column - 1] != "-":
                yield name, int(known[column - 1]), error


def wrong(wall, table):
    """What was answered in another way than with nothing but the error."""
    calls = list(numbers(table, platform.machine()))
    asked = [number for _, number, _ in calls]
    said = wall.run(f"{ASK}\n[ask(number) for number in {asked}]")
    answers = zip(calls, ast.literal_eval(said["result"]), strict=True)
    return [
        (name, answer)
        for (name, _, error), answer in answers
        if answer != ((-1, error) if error else (0, 0))
    ]


def test_calls_that_no_submission_needs_are_refused(strict):
    assert wrong(strict, EVERYWHERE) == []


def test_without_namespaces_more_are(landlock):
    assert wrong(landlock, WITHOUT_NAMESPACES) == []


def test_without_the_filter_most_are_answered_by_the_kernel(without):
    """Else the tables above would show nothing."""
    wall = without(Isolation.FULL, Layer.SECCOMP)
    answered = {name for name, _ in wrong(wall, EVERYWHERE)}
    assert answered >= {"memfd_create", "shmget", "keyctl", "unshare", "process_vm_readv", "clone3"}
    others = without(Isolation.LANDLOCK, Layer.NEIGHBOURS)
    assert len(wrong(others, WITHOUT_NAMESPACES)) > 25


SHARED = """
import mmap
def made(how, *args):
    try:
        how(*args)
    except OSError as error:
        return error.errno
kinds = (mmap.MAP_SHARED, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS, 3 | mmap.MAP_ANONYMOUS)
[*(made(mmap.mmap, -1, 1 << 20, kind) for kind in kinds), made(open, "/dev/zero", "r+b"),
 made(mmap.mmap, -1, 1 << 20, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)]
"""


def test_memory_is_shared_by_files_alone(strict):
    """Their size is bounded, that of anonymous mappings is not."""
    said = ast.literal_eval(strict.run(SHARED)["result"])
    assert said == [*[errno.EPERM] * 3, errno.EACCES, None]


def test_a_new_process_gets_no_namespace(strict):
    flags = [1 << 17, *(1 << bit for bit in range(25, 31))]
    number = {"x86_64": 56, "aarch64": 220}[platform.machine()]
    said = strict.run(f"{ASK}\n[ask({number}, flag | 17) for flag in {flags}]")
    assert ast.literal_eval(said["result"]) == [(-1, errno.EPERM)] * 7


def test_nothing_is_typed_into_a_terminal(strict):
    number = {"x86_64": 16, "aarch64": 29}[platform.machine()]
    requests = [0x5412, 0x541C, 0x5412 | 1 << 40]
    said = strict.run(f"{ASK}\n[ask({number}, 0, request) for request in {requests}]")
    assert ast.literal_eval(said["result"]) == [(-1, errno.EPERM)] * 3


OLD = """
import ctypes, mmap
def run(code):
    memory = mmap.mmap(-1, 4096, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, 7)
    memory.write(code)
    start = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    return ctypes.CFUNCTYPE(ctypes.c_int)(start)()
(run(bytes.fromhex("b814000000cd80c3")), ask(0x40000000 + 39))  # getpid, i386's and x32's
"""


@pytest.mark.skipif(platform.machine() != "x86_64", reason="other machines have no such calls")
def test_calls_of_other_architectures_are_unknown(strict):
    said = strict.run(ASK + OLD)
    assert ast.literal_eval(said["result"]) == (-errno.ENOSYS, (-1, errno.ENOSYS))


FAMILIES = [socket.AF_INET, socket.AF_INET6, socket.AF_NETLINK, socket.AF_PACKET, 40]
SOCKETS = """
import socket
def made(how, *args):
    try:
        how(*args)
    except OSError as error:
        return error.errno
"""


def test_sockets_are_local(full):
    said = full.run(
        f"{SOCKETS}\n[made(socket.socket, family, 2) for family in {[*map(int, FAMILIES)]}]"
    )
    assert ast.literal_eval(said["result"]) == [errno.EAFNOSUPPORT] * len(FAMILIES)
    assert full.run("import socket; socket.socket(socket.AF_UNIX)")["error"] is None


def test_without_namespaces_only_pairs_of_sockets_are_made(landlock):
    kinds = f"{SOCKETS}\n[made(socket.socketpair, 1, kind) for kind in (1, 5, 2, 3)]"
    said = ast.literal_eval(landlock.run(kinds)["result"])
    assert said == [None, None, errno.EACCES, errno.EACCES]
    named = "a, b = socket.socketpair()\nmade(a.sendto, b'x', '/tmp/door')"
    assert landlock.run(f"{SOCKETS}\n{named}")["result"] == str(errno.EACCES)


PARALLEL = """
import multiprocessing, concurrent.futures, subprocess, sys, threading
def square(x): return x * x
"""


def test_processes_and_threads_go_on_working(full):
    said = full.run(
        PARALLEL + "with multiprocessing.Pool(2) as pool: print(pool.map(square, range(3)))\n"
        "with multiprocessing.Manager() as manager: print(manager.dict(a=1)['a'])\n"
        "print(multiprocessing.Value('i', 3).value)\n"
        "print(subprocess.run([sys.executable, '-c', 'print(4)'], capture_output=True).stdout)\n"
        "with concurrent.futures.ThreadPoolExecutor() as pool: print([*pool.map(square, [5])])",
    )
    assert said["error"] is None
    assert said["stdout"].splitlines() == ["[0, 1, 4]", "1", "3", "b'4\\n'", "[25]"]


def test_without_namespaces_fork_pipe_and_threads_do(landlock):
    said = landlock.run(
        PARALLEL + "import os\n"
        "ours, theirs = multiprocessing.Pipe()\n"
        "child = multiprocessing.get_context('fork').Process(target=lambda: theirs.send(3))\n"
        "child.start(); print(ours.recv()); child.join(); print(child.exitcode)\n"
        "print(subprocess.run([sys.executable, '-c', 'print(4)'], capture_output=True).stdout)\n"
        "with concurrent.futures.ThreadPoolExecutor() as pool: print([*pool.map(square, [5])])",
    )
    assert said["error"] is None
    assert said["stdout"].splitlines() == ["3", "0", "b'4\\n'", "[25]"]


COPIES = """
import os, pathlib, shutil, tarfile, zipfile
os.mkdir('one'); pathlib.Path('one/a').write_text('x')
shutil.copy('one/a', 'b'); shutil.copy2('one/a', 'c'); shutil.copytree('one', 'two')
shutil.make_archive('all', 'gztar', 'two'); shutil.unpack_archive('all.tar.gz', 'three')
os.rename('three/a', 'd'); os.truncate(os.open('d', os.O_RDWR), 0); open('d', 'w').close()
sorted(os.listdir())
"""


def test_files_are_copied_and_unpacked_in_scratch(strict):
    said = strict.run(COPIES)
    assert said["error"] is None
    assert ast.literal_eval(said["result"]) == ["all.tar.gz", "b", "c", "d", "one", "three", "two"]
