# Is called by a name that is markup.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    nbformat.write(right_notebook(), folder / "<img src=x onerror=hostile(eve)>.ipynb")
