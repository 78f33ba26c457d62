"""An assignment's notebooks, built from its text as it is now."""

import shutil
import subprocess
import sys
from pathlib import Path

from autograder.course import Course, open_course

HERE = Path(__file__).parent
OWN = "00_throughput"


def build(name: str, root: Path) -> Course:
    """A copy of the course that the assignment is of, with the assignment built."""
    source = HERE / "course" if name == OWN else HERE.parent
    (root / "course").mkdir(parents=True)
    shutil.copy(source / "course.toml", root)
    shutil.copytree(source / "course" / name, root / "course" / name)
    words = [sys.executable, "-m", "autograder", "build", name, "--course", str(root)]
    subprocess.run(words, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return open_course(root)
