# Is called by a name that a spreadsheet computes.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    nbformat.write(right_notebook(), folder / "=cmd|'eve'!A0.ipynb")
