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

SETTINGS = Path("/proc/sys")
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


REMEDIES = {
    "Landlock": "use Linux 5.13 or newer, with landlock in its boot option lsm=",
    "seccomp": "use Linux with seccomp filters on x86-64 or arm64",
    "resource limits": "use Linux 3.2 or newer",
    "subreaper": "use Linux 3.4 or newer",
    "pidfd": "use Linux 5.3 or newer",
    "unprivileged user": "grade as an ordinary user, or as a root with CAP_SETUID and CAP_SETGID",
}
"""For what no command of an administrator's adds."""


def remedy(name: str, number: int) -> str:
    """What to do about a mechanism that failed with this error number."""
    if name in REMEDIES:
        return REMEDIES[name]
    if name == "bubblewrap" and number == errno.ENOENT:
        return _install()
    return _cgroups() if name.endswith("cgroup") else _namespaces()


def _cgroups() -> str:
    if os.geteuid() == 0:
        return "mount /sys/fs/cgroup writable"
    return "start it with systemd-run --user --scope"


def _install() -> str:
    found = [line for program, line in INSTALLERS.items() if shutil.which(program)]
    return found[0] if found else "install bubblewrap"


def _namespaces() -> str:
    """What forbids namespaces here, so far as it can be seen."""
    for name, (forbids, allows) in SWITCHES.items():
        path = SETTINGS / name
        if path.exists() and path.read_text().strip() == forbids:
            return f"sysctl -w {name.replace('/', '.')}={allows}"
    if any(mark.exists() for mark in MARKS):
        more = ("--cap-add SYS_ADMIN",) if os.geteuid() == 0 else ()
        return f"start the container with {' '.join((*more, *IN_CONTAINER))}"
    return "allow unprivileged user namespaces (sysctl, AppArmor or SELinux)"
