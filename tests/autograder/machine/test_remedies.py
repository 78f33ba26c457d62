"""The command that adds what is missing, on machines such as this one is not."""

import errno
import os

import pytest

from autograder.machine import remedies
from autograder.machine.mechanisms import MECHANISMS
from autograder.machine.remedies import remedy


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with these settings and programs, and nothing that tells of a container."""

    def make(settings=None, programs=(), container=False):
        for name, value in (settings or {}).items():
            path = tmp_path / "sys" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{value}\n")
        for name in programs:
            (tmp_path / name).touch(mode=0o755)
        mark = tmp_path / "mark"
        if container:
            mark.touch()
        monkeypatch.setattr(remedies, "SETTINGS", tmp_path / "sys")
        monkeypatch.setattr(remedies, "MARKS", (mark,))
        monkeypatch.setenv("PATH", str(tmp_path))

    return make


@pytest.mark.parametrize(
    ("program", "command"),
    [
        ("apt-get", "apt-get install bubblewrap"),
        ("dnf", "dnf install bubblewrap"),
        ("apk", "apk add bubblewrap"),
        ("other", "install bubblewrap"),
    ],
)
def test_bubblewrap_comes_with_the_machines_own_installer(machine, program, command):
    machine(programs=[program])
    assert remedy("bubblewrap", errno.ENOENT) == command


@pytest.mark.parametrize(
    ("setting", "value", "command"),
    [
        (
            "kernel/apparmor_restrict_unprivileged_userns",
            1,
            "sysctl -w kernel.apparmor_restrict_unprivileged_userns=0",
        ),
        ("kernel/unprivileged_userns_clone", 0, "sysctl -w kernel.unprivileged_userns_clone=1"),
        ("user/max_user_namespaces", 0, "sysctl -w user.max_user_namespaces=15000"),
    ],
)
def test_a_setting_that_forbids_namespaces_is_found(machine, setting, value, command):
    machine({setting: value}, container=True)
    for name in ("bubblewrap", "user namespaces", "tmpfs"):
        assert remedy(name, errno.EPERM) == command
    machine({setting: 1 - value})
    assert "sysctl -w" not in remedy("user namespaces", errno.EPERM)


def test_a_container_is_told_its_options(machine):
    machine(container=True)
    line = remedy("user namespaces", errno.EPERM)
    assert "--security-opt seccomp=unconfined --security-opt apparmor=unconfined" in line
    assert ("--cap-add SYS_ADMIN" in line) == (os.geteuid() == 0)


@pytest.mark.parametrize("name", MECHANISMS)
def test_there_is_something_to_do_about_everything(machine, name):
    machine()
    assert remedy(name, errno.EPERM)
