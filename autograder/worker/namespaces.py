"""A child's own users, processes, mounts and network. Linux only; needs no privileges."""

from pathlib import Path

from autograder.worker import linux
from autograder.worker.setting import Allowance

ALL = (
    linux.CLONE_NEWUSER
    | linux.CLONE_NEWNS
    | linux.CLONE_NEWPID
    | linux.CLONE_NEWNET
    | linux.CLONE_NEWIPC
    | linux.CLONE_NEWUTS
    | linux.CLONE_NEWCGROUP
)
INSIDE = 1000
"""Who the submission is to itself."""

PRIVATE = linux.MS_NOSUID | linux.MS_NODEV


def fork() -> int:
    """Fork; the child is process 1 of namespaces of its own, and has yet to settle in them."""
    return linux.fork(ALL)


def settle(user: int, group: int) -> None:
    """Be somebody in new namespaces.

    Args:
        user, group: who this process was before it came here.
    """
    linux.prctl(linux.PR_SET_DUMPABLE, 1)  # else the maps below belong to root
    Path("/proc/self/setgroups").write_text("deny")
    Path("/proc/self/uid_map").write_text(f"{INSIDE} {user} 1")
    Path("/proc/self/gid_map").write_text(f"{INSIDE} {group} 1")


def furnish(allowance: Allowance) -> None:
    """Mount what is this child's alone: scratch space, its own processes.

    All that it writes lies in one place, shared memory too, so that one limit holds for all.
    """
    inodes = allowance.scratch_files + 1  # the folder itself
    scratch = f"size={allowance.scratch_bytes},nr_inodes={inodes},mode=700"
    linux.mount("", "/", "", linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", allowance.scratch, "tmpfs", PRIVATE, scratch)
    for folder in ("/tmp", "/dev/shm"):
        linux.mount(allowance.scratch, folder, "", linux.MS_BIND)
    mount_processes()
    # Namespaces of its own would give a submission capabilities in them.
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def mount_processes() -> None:
    """Have /proc show this namespace's processes and no others."""
    linux.mount("proc", "/proc", "proc", PRIVATE | linux.MS_NOEXEC)
