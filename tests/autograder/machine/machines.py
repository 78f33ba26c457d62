"""This machine with things really taken away, for judges who are root and who are not."""

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass

from tests.autograder import ordinary

PATH = "/usr/bin:/bin:/usr/sbin:/sbin"

# A filter such as a container's: Landlock's first call finds a kernel that does not know it.
WITHOUT_LANDLOCK = """
import ctypes, errno, os, struct, sys
refuse = 0x50000 | errno.ENOSYS
program = (0x20, 0, 0, 0), (0x15, 0, 1, 444), (6, 0, 0, refuse), (6, 0, 0, 0x7FFF0000)
code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *line) for line in program))
header = struct.pack("HxxxxxxQ", len(program), ctypes.addressof(code))
libc = ctypes.CDLL(None)
assert libc.prctl(38, 1, 0, 0, 0) == 0 and libc.prctl(22, 2, header) == 0
os.execvp(sys.argv[1], sys.argv[1:])
"""


@dataclass(frozen=True)
class Machine:
    """How to come to it: a command that runs others there, and where it has programs."""

    prefix: tuple[str, ...] = ()
    path: str = PATH

    def run(self, code, user=None):
        """Run code there, and give what it prints as JSON."""
        python = str(ordinary.SYSTEM) if user else sys.executable
        who = ("setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups") if user else ()
        words = (*who, *self.prefix, "env", f"PATH={self.path}", "PYTHON", "-B", "-c", code)
        done = subprocess.run(
            [python if word == "PYTHON" else word for word in words],
            env={"PATH": PATH, "PYTHONPATH": f"{ordinary.PROJECT}:{ordinary.PACKAGES}"},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return json.loads(done.stdout)


NO_LANDLOCK = ("PYTHON", "-c", WITHOUT_LANDLOCK)
NO_NAMESPACES = ("unshare", "-Ur", "sh", "-c")
NO_NAMESPACES += ('echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"', "sh")
CONTAINER = ("setpriv", "--bounding-set=-sys_admin", "--inh-caps=-sys_admin")

MACHINES = {
    "whole": Machine(),
    "without bubblewrap": Machine(path="/nowhere"),
    "without user namespaces": Machine(NO_NAMESPACES),
    "without Landlock": Machine(NO_LANDLOCK),
    "without bubblewrap and Landlock": Machine(NO_LANDLOCK, "/nowhere"),
}
if os.geteuid() == 0 and shutil.which("setpriv"):
    MACHINES["a container's root"] = Machine(CONTAINER)
