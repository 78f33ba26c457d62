"""What turns an author's text and checks into what instructors grade with and students get.

course/NN/NN.py    ┐                                nbgrader
course/NN/checks.py┘→ solutions/NN/NN.ipynb, NN.npz ────────→ assignments/NN/NN.ipynb, NN.npz

The text is a notebook in jupytext's percent format. Its cells:

- a code cell with `### BEGIN SOLUTION` … `### END SOLUTION` is an answer; the next check judges it;
- a code cell `check("name")`, and nothing else, is the check of that name in checks.py, which
  states its points;
- a cell `# %% [markdown] manual="name" points=5` is an answer that an instructor grades;
- a cell `# %% open=true` stays the student's to play with;
- every other cell is locked. It has a grade id from its content, or its own: `grade_id="name"`.
  The first code cell is `setup`.

A figure is a bitmap in course/NN/figures, linked as `figures/name.png`; the built notebook holds
it. Built files are reproducible: the same inputs give the same bytes.
"""

from autograder.authoring.building import build
from autograder.authoring.errors import BuildError
from autograder.authoring.freshness import stale

__all__ = ["BuildError", "build", "stale"]
