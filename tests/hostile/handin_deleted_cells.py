# Deletes all cells but its answer, in the hope of fewer checks.
#
# kinds: function
# wanted: scale passed
import nbformat

from tests.hostile.driver.course import right_notebook


def hand_in(folder):
    document = right_notebook()
    document.cells = document.cells[1:2]
    nbformat.write(document, folder / "eve.ipynb")
