"""What would make a mechanism work that does not: the command, where there is one."""

import errno
import os
import shutil
from pathlib import Path

INSTALLERS = {
    "apt-get": "apt-get install bubblewrap",
    "dnf": "dnf install bubblewrap",
    "zypper": "zypper install bubblewrap",
    "pacman": "pacman -S bubblewrap",
    "apk": "apk add bubblewrap",
}

SWITCHES = {
    "kernel/apparmor_restrict_unprivileged_userns": ("1", "0"),  # Ubuntu since 23.10
    "kernel/unprivileged_userns_clone": ("0", "1"),  # Debian before 11
    "user/max_user_namespaces": ("0", "15000"),
    "user/max_mnt_namespaces": ("0", "15000"),
    "user/max_pid_namespaces": ("0", "15000"),
    "user/max_net_namespaces": ("0", "15000"),
}
"""Settings of the kernel that forbid namespaces: where they do, and what allows them."""

IN_CONTAINER = tuple(
    f"--security-opt {what}=unconfined" for what in ("seccomp", "apparmor", "systempaths")
)
MARKS = (Path("/.dockerenv"), Path("/run/.containerenv"))
"""Files that tell of a container, Docker's and Podman's."""


def remedy(name: str, number: int) -> str:
    """What to do about a mechanism that failed with this error number."""
    if name == "bubblewrap":
        return _install() if number == errno.ENOENT else _namespaces()
    if name in ("Landlock", "seccomp"):
        return _kernel(name, number)
    return REMEDIES.get(name, "") or _namespaces()


REMEDIES = {
    "interpreter": "nothing: it is shown to submissions all the same",
    "pidfd": "a kernel of 5.3 or newer",
    "resource limits": "a kernel that knows them",
    "subreaper": "a kernel of 3.4 or newer",
    "unprivileged user": "start the container without --cap-drop, or grade as an ordinary user",
}


def _install() -> str:
    found = [line for program, line in INSTALLERS.items() if shutil.which(program)]
    return found[0] if found else "install bubblewrap"


def _namespaces() -> str:
    """What forbids namespaces here, so far as it can be seen."""
    for name, (forbids, allows) in SWITCHES.items():
        path = Path("/proc/sys", name)
        if path.exists() and path.read_text().strip() == forbids:
            return f"sysctl -w {name.replace('/', '.')}={allows}"
    if any(mark.exists() for mark in MARKS):
        more = ("--cap-add SYS_ADMIN",) if os.geteuid() == 0 else ()
        return f"start the container with {' '.join((*more, *IN_CONTAINER))}"
    return "allow unprivileged user namespaces (sysctl, AppArmor or SELinux)"


def _kernel(name: str, number: int) -> str:
    if number == errno.EPERM:
        return f"start the container with {IN_CONTAINER[0]}"
    if name == "Landlock":
        if number == errno.EOPNOTSUPP:
            return "add landlock to lsm= on the kernel's command line"
        return "a kernel of 5.13 or newer with Landlock"
    return "a kernel with seccomp filters, on x86-64 or arm64"
