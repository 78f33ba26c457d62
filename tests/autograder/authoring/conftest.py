"""A small course with one cell of each kind."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.authoring import build, stale
from autograder.course import Assignment, Course, open_course

COURSE = """
[assignments.01_small]
packages = ["numpy"]
"""

CHECKS = """
import numpy as np

from autograder import Case, Check

CHECKS = [
    Check(
        "double",
        30,
        lambda x: 2 * x,
        [Case("slide", {"x": np.arange(3.0)})],
        lambda draw: {"x": draw.array(4)},
        multilinear=("x",),
    ),
    Check("triple", 65.5, lambda x: 3 * x, [Case("slide", {"x": np.arange(3.0)})]),
]
"""

TEXT = '''\
# ---
# jupyter:
#   kernelspec:
#     display_name: Another
#     name: another
# ---

# %% [markdown] grade_id="welcome"
# # A small assignment
# ![A dot](figures/dot.png)

# %%
import numpy as np

check = print

# %% [markdown]
# ---

# %%
def double(x):
    """Twice."""
    ### BEGIN SOLUTION
    return np.add(x, x)
    ### END SOLUTION


# %%
check("double")

# %% [markdown]
# ---

# %%
def helper(x):
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION


# %%
def triple(x):
    ### BEGIN SOLUTION
    twice = helper(x)
    return twice + x
    ### END SOLUTION


# %%
check("triple")

# %% open=true
# Play here.

# %% [markdown] manual="why" points=5
# Because addition commutes.
'''

DOT = b"\x89PNG a dot, as far as anybody here looks"


@dataclass(frozen=True)
class SmallCourse:
    """A course folder that tests may spoil."""

    root: Path

    @property
    def course(self) -> Course:
        return open_course(self.root)

    @property
    def assignment(self) -> Assignment:
        return self.course.assignment("01_small")

    @property
    def folder(self) -> Path:
        return self.assignment.text.parent

    def build(self) -> list[Path]:
        return build(self.course, [self.assignment])

    def stale(self) -> list[str]:
        return stale(self.course, [self.assignment])

    def replace(self, path: Path, old: str, new: str) -> None:
        before = path.read_text(encoding="utf-8")
        assert old in before
        path.write_text(before.replace(old, new, 1), encoding="utf-8")


def write_course(root: Path) -> SmallCourse:
    folder = root / "course" / "01_small"
    (folder / "figures").mkdir(parents=True)
    (root / "course.toml").write_text(COURSE, encoding="utf-8")
    (folder / "checks.py").write_text(CHECKS, encoding="utf-8")
    (folder / "01_small.py").write_text(TEXT, encoding="utf-8")
    (folder / "figures" / "dot.png").write_bytes(DOT)
    return SmallCourse(root)


@pytest.fixture
def small(tmp_path: Path) -> SmallCourse:
    return write_course(tmp_path / "small")


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """Built once; not to be changed."""
    course = write_course(tmp_path_factory.mktemp("built"))
    course.build()
    return course


@pytest.fixture
def copy(built: SmallCourse, tmp_path: Path) -> SmallCourse:
    """A built course that tests may spoil."""
    shutil.copytree(built.root, tmp_path / "copy")
    return SmallCourse(tmp_path / "copy")
