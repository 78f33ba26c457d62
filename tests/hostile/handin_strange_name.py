# Is called by a name of several lines that hides what it is.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    nbformat.write(right_notebook(), folder / "eve..\n\u202e\x1b[2Jipynb\\..\\..\\x.ipynb")
