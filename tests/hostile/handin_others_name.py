# Is called as somebody else is, but for upper case.
#
# kinds: function
# wanted: scale failed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[1].source = "def scale(x, factor):\n    return x"
    nbformat.write(document, folder / "eve.ipynb")
    nbformat.write(right_notebook(), folder / "ANN.ipynb")
