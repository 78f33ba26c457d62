# Puts code of its own under the name of a locked cell, so that it runs as ours.
#
# kinds: function
# wanted: scale failed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells[0].source = "CHECKS = []\nhostile = True"
    document.cells[
        1
    ].source = "def scale(x, factor):\n    return x * factor * ('hostile' in globals())"
    nbformat.write(document, folder / "eve.ipynb")
