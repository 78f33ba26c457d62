"""The code of the text is the code of the notebook."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.authoring.solution import solution_notebook
from autograder.authoring.text import read_cells


def test_the_notebooks_code_is_the_texts(small):
    """Read by hand: a cell ends where the next marker begins."""
    parts = re.split(r"^# %%(.*)\n", small.assignment.text.read_text(), flags=re.MULTILINE)[1:]
    cells = zip(parts[::2], parts[1::2], strict=True)
    code = [body.strip("\n") for options, body in cells if "[markdown]" not in options]
    notebook = solution_notebook(small.assignment, small.assignment.checks(), "1")
    assert [cell.source for cell in notebook.cells if cell.cell_type == "code"] == code


LINES = st.sampled_from(
    [
        "x = 1",
        "def f(x):",
        '    """Says x."""',
        "",
        "# a comment",
        "# copy x before you change it",
        "# What?",
        "# cat of both",
        "%matplotlib inline",
        "!ls",
        "π = 3",
    ]
)
BODIES = st.lists(LINES, min_size=1, max_size=6).map("\n".join).map(lambda body: body.strip("\n"))


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("text") / "text.py"


@given(bodies=st.lists(BODIES.filter(bool), min_size=1, max_size=5))
def test_any_code_survives(path, bodies):
    path.write_text("".join(f"# %%\n{body}\n\n" for body in bodies), encoding="utf-8")
    assert [cell.source for cell in read_cells(path)] == bodies


@pytest.mark.parametrize("line", ["%matplotlib inline", "# %matplotlib inline"])
def test_what_ipython_alone_understands_may_be_a_comment_in_the_text(path, line):
    path.write_text(f"# %%\n{line}\n# What?\n", encoding="utf-8")
    (cell,) = read_cells(path)
    assert cell.source == "%matplotlib inline\n# What?"
