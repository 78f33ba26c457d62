"""Hostile submissions where the judge is an ordinary user: the same tests, run by one."""

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

from tests.autograder import ordinary
from tests.conftest import in_ci, isolations
from tests.hostile.driver.attacks import attacks

FAMILIES = ("end", "escalate", "forge", "network", "next", "read")
CHOSEN = " or ".join(f"{family}_" for family in FAMILIES)
COUNT = sum(attack.name.startswith(FAMILIES) for attack in attacks())


@pytest.fixture
def home():
    """A folder of the user's own, and nobody else's."""
    folder = Path(tempfile.mkdtemp())
    os.chown(folder, ordinary.USER, ordinary.USER)
    yield folder
    shutil.rmtree(folder)


@pytest.mark.slow
def test_they_are_kept_in_and_leave_nothing_where_the_judge_is_their_user(home):
    ordinary.need()
    words = ["-k", f"leaves_nothing and ({CHOSEN})", "-p", "no:cacheprovider"]
    words += ["-W", "ignore::ImportWarning"]  # what the system's Python brings besides
    variables = {"PATH": "/usr/bin:/bin", "HOME": str(home), "TMPDIR": str(home)}
    variables["PYTHONPATH"] = f"{ordinary.PROJECT}:{ordinary.PACKAGES}"
    done = subprocess.run(
        [ordinary.SYSTEM, "-B", "-m", "pytest", "-q", *words, "tests/hostile/test_hostile.py"],
        env=variables | ({"CI": "1"} if in_ci else {}),
        cwd=ordinary.PROJECT,
        user=ordinary.USER,
        group=ordinary.USER,
        extra_groups=[],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    passed, tiers = int(re.search(r"(\d+) passed", done.stdout)[1]), len(isolations()) - 1
    assert "skipped" not in done.stdout
    assert passed == tiers * COUNT if in_ci else passed % COUNT == 0
