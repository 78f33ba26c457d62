"""Each mistake of an author is one line that names the cell, the check or the file."""

import pytest
from nbgrader.preprocessors import ClearSolutions

from autograder.authoring import BuildError

TEXT, CHECKS = "01_small.py", "checks.py"
PLAY = "# Play here."
EMPTY = "### BEGIN SOLUTION\n### END SOLUTION"
ANSWER = "twice = helper(x)\n#  return twice + x"

MISTAKES = {
    # what is wrong: file, old, new, words of the message
    "a check cell without a check": (TEXT, 'check("double")', 'check("duoble")', "duoble"),
    "a check without a cell": (TEXT, 'check("double")', "check", "'double' has no cell"),
    "a check in two cells": (TEXT, PLAY, '# %%\ncheck("double")', "2 cells"),
    "a solution that nothing checks": (TEXT, PLAY, f"# %%\n{EMPTY}", "cell 11 ('### BEGIN"),
    "a solution without end": (TEXT, "    ### END SOLUTION\n", "", "cell 4"),
    "a solution without begin": (TEXT, "    ### BEGIN SOLUTION\n", "", "no partner"),
    "a nested solution": (TEXT, "    return 2 * x", "    ### BEGIN SOLUTION", "nested"),
    "a solution in prose": (TEXT, "# # A small", "# BEGIN SOLUTION\n# END SOLUTION", "cell 1"),
    "a solution in an open cell": (TEXT, PLAY, EMPTY, "cell 10"),
    "a mistyped option": (TEXT, "open=true", "opne=true", "unknown opne"),
    "an option that is no JSON": (TEXT, "points=5", "points=five", "cell 11"),
    "a title": (TEXT, "# %%\nimport", "# %% markdown\nimport", "unknown title"),
    "an option of the wrong type": (TEXT, "open=true", 'open="yes"', "'yes'"),
    "an option in the wrong place": (TEXT, "# %%\ncheck", "# %% open=true\ncheck", "open"),
    "a raw cell": (TEXT, "[markdown]", "[raw]", "raw"),
    "a grade id twice": (TEXT, "[markdown]\n", '[markdown] grade_id="why"\n', "'why'"),
    "a grade id with a space": (TEXT, '"welcome"', '"wel come"', "'wel come'"),
    "points in the text": (TEXT, "# %%\ncheck", "# %% points=3\ncheck", "checks.py"),
    "no points": (TEXT, " points=5", "", "points None"),
    "a header that is no metadata": (TEXT, "#     display_name: Another\n", "", "cannot be read"),
    "a missing figure": (TEXT, "figures/dot.png", "figures/dash.png", "dash.png"),
    "a figure that Colab does not show": (TEXT, "dot.png", "dot.svg", "dot.svg"),
    "an answer copied into prose": (TEXT, "# # A small", f"# {ANSWER}", "twice = helper(x)"),
    "what nbgrader refuses": (TEXT, PLAY, "### BEGIN HIDDEN TESTS", "Error: No end hidden"),
    "points of zero": (CHECKS, "30", "0", "'double' has points 0"),
    "points that are no number": (CHECKS, "65.5", 'float("nan")', "points nan"),
    "a reference that raises": (CHECKS, "3 * x", "x.missing", "'triple': AttributeError"),
    "an answer that is no data": (CHECKS, "3 * x", "{1, 2}", "a set cannot cross"),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_a_mistake_is_named_in_one_line(small, mistake):
    file, old, new, words = MISTAKES[mistake]
    small.replace(small.folder / file, old, new)
    with pytest.raises(BuildError) as caught:
        small.build()
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (small.root / "assignments").exists()


def test_a_missing_text_is_named(small):
    small.assignment.text.unlink()
    with pytest.raises(BuildError, match=r"01_small\.py does not exist"):
        small.build()


def test_an_output_folder_that_cannot_be_written_is_named(small):
    (small.root / "assignments").write_text("in the way")
    with pytest.raises(BuildError, match=r"assignments.* cannot be written"):
        small.build()


def test_an_answer_that_nbgrader_leaves_in_is_noticed(small, monkeypatch):
    def leave(self, cell, language):  # noqa: ARG001
        return "SOLUTION" in cell.source

    monkeypatch.setattr(ClearSolutions, "_replace_solution_region", leave)
    with pytest.raises(BuildError, match="the release shows a line of an answer"):
        small.build()


def test_nbgrader_needs_no_program_on_the_path(small, monkeypatch):
    """A new gradebook would run `alembic`, which only an activated environment has."""
    monkeypatch.setenv("PATH", "/nowhere")
    assert small.build()
