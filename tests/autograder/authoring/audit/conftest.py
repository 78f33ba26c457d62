"""A course of one check, with mutants, a misconception and right answers."""

from pathlib import Path

import pytest

from autograder.authoring.audit import audit
from autograder.course import open_course
from tests.conftest import isolations

TEXT = '''\
# %%
import numpy as np

check = print


# %%
def smoothed(x, bias):
    """The sum of neighbours, and a bias."""
    ### BEGIN SOLUTION
    y = np.zeros(len(x) - 1)
    for i in range(len(x) - 1):
        y[i] = x[i] + x[i + 1] + bias
    return y
    ### END SOLUTION


# %%
check("smoothed")
'''

CHECKS = """
from autograder import Case, Check
import numpy as np

CHECKS = [
    Check(
        "smoothed",
        10,
        lambda x, bias: x[1:] + x[:-1] + bias,
        [Case("by hand", {{"x": np.float32({numbers}), "bias": {bias}}})],
    )
]
"""

RIGHT = "def smoothed(x, bias):\n    return x[1:] + x[:-1] + bias\n"

WRONG = """\
# %% no bias
# What is added to each sum?
def smoothed(x, bias):
    return x[1:] + x[:-1]
"""

BEGUN = """
[[equivalent]]
check = "smoothed"
was = "y = np.zeros(len(x) - 1)"
becomes = "y = np.ones(len(x) - 1)"
reason = "all of it is written"
"""

FURTHER = 'lambda draw: {"x": draw.array(draw.integer(2, 5)), "bias": draw.integer(1, 4)},'
"""How more cases of the check are drawn."""


class Authored:
    """A course folder as an author writes it, and its audit."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "course" / "01_small"
        self.write("checks.py", CHECKS.format(numbers=[1, 2, 4, 8], bias=16))
        self.write("01_small.py", TEXT)
        self.write("right/sliced.py", RIGHT)
        self.write("wrong/smoothed.py", WRONG)
        (root / "course.toml").write_text('[assignments.01_small]\npackages = ["numpy"]\n')

    def write(self, name: str, text: str) -> None:
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def change(self, name: str, old: str, new: str) -> None:
        text = (self.folder / name).read_text()
        assert old in text
        self.write(name, text.replace(old, new))

    def draw_more(self) -> None:
        self.change("checks.py", "})],\n    )", f"}})],\n        {FURTHER}\n    )")

    def audited(self, watch=lambda *_: None):
        course = open_course(self.root)
        (found,) = audit(list(course.assignments.values()), isolations()[0], 2, watch)
        return found


@pytest.fixture
def authored(tmp_path):
    return Authored(tmp_path)
