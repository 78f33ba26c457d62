"""An ordinary user of this machine, for tests that run as root."""

import os
import subprocess
import sys
from pathlib import Path

import numpy
import pytest

PROJECT = Path(__file__).parents[2]
PACKAGES = Path(numpy.__file__).parents[1]
SYSTEM = Path(f"/usr/bin/python3.{sys.version_info.minor}")
USER = 12345


def need():
    """Skip where there is none, or this checkout and its packages are not to be read by one."""
    if os.geteuid() != 0 or not SYSTEM.exists():
        pytest.skip(f"needs root and {SYSTEM}")
    tried = subprocess.run(
        [str(SYSTEM), "-B", "-c", "import numpy, autograder.protocol, packaging"],
        env={"PYTHONPATH": f"{PROJECT}:{PACKAGES}"},
        user=USER,
        capture_output=True,
        check=False,
    )
    if tried.returncode:
        pytest.skip("an ordinary user cannot read this checkout and its packages")
